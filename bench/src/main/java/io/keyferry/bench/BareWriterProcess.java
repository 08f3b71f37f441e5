package io.keyferry.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link BareWriter} in a fresh JVM. It ends with the pipe that this JVM holds. */
final class BareWriterProcess implements AutoCloseable {
    private final Path secret;
    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private BareWriterProcess(Path secret, Process process) {
        this.secret = secret;
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static BareWriterProcess start(List<String> javaOptions, Path kubeconfig, String likeness, int count)
            throws IOException {
        Path secret = Files.writeString(Files.createTempFile(Path.of("target"), "likeness-", ".json"), likeness);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareWriter.class.getName()));
        command.addAll(List.of(kubeconfig.toString(), secret.toString(), Integer.toString(count)));
        return new BareWriterProcess(
                secret,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /** Has it begin to fill a namespace. */
    void fill(String namespace) throws IOException {
        in.write(namespace + "\n");
        in.flush();
    }

    /** Waits until it says that it has filled the namespace. */
    void awaitFilled() throws IOException {
        String said = out.readLine();
        if (!"done".equals(said)) {
            throw new IOException("the bare writer failed");
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(secret);
    }
}
