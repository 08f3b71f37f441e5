package io.keyferry.gotemplate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** tools/template-oracle as a process that answers line by line. */
final class GoOracle implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What built the original operator. */
    private static final String TOOLCHAIN = "go1.23.12";

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    private GoOracle(Process process) {
        this.process = process;
        this.requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Builds the program.
     *
     * @param work where to
     * @return the program
     */
    static Path build(Path work) throws IOException, InterruptedException {
        Path source = Path.of("..", "tools", "template-oracle").toAbsolutePath().normalize();
        Path program = work.resolve("template-oracle");
        Process build = go("go", "build", "-o", program.toString(), ".")
                .directory(source.toFile())
                .inheritIO()
                .start();
        if (build.waitFor() != 0) {
            throw new IOException("the oracle cannot be built");
        }
        return program;
    }

    static GoOracle start(Path program) throws IOException {
        Path data = Path.of("src", "test", "resources", "golden", "template-data.json")
                .toAbsolutePath();
        return new GoOracle(go(program.toString(), "serve", data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static ProcessBuilder go(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GOTOOLCHAIN", TOOLCHAIN);
        return builder;
    }

    /** Null if Go does not come to an end with this template; the process has ended then. */
    @Nullable
    Outcome ask(String template, String data) throws IOException {
        requests.write(MAPPER.writeValueAsString(Map.of("template", template, "data", data)));
        requests.newLine();
        requests.flush();
        String answer = answers.readLine();
        return answer == null ? null : OracleAnswer.of(MAPPER.readTree(answer));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
