package io.keyferry.testkit.vsecm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeMainTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void tellsWhereEverythingIsAndObeys() throws Exception {
        List<JsonNode> answers = run("""
                put vsecm-operator {"a": "b c"}
                delete vsecm-operator
                mood notready
                mood good
                rotate vsecm-operator
                deny vsecm-operator
                allow vsecm-operator
                complete vsecm-operator
                stop vsecm-operator
                start vsecm-operator
                silence vsecm-operator
                requests
                """);
        JsonNode addresses = answers.getFirst();
        assertThat(addresses.get("safe").asText()).startsWith("https://127.0.0.1:");
        assertThat(addresses.get("agents").get("vsecm-operator").asText())
                .isEqualTo("unix://" + folder.resolve("vsecm-operator.sock"));
        assertThat(answers.subList(1, answers.size()))
                .hasSize(12)
                .allMatch(answer -> answer.get("ok").asBoolean());
        assertThat(answers.getLast().get("requests")).isEmpty();
        assertThat(Files.exists(folder.resolve("vsecm-operator.sock"))).isFalse();
    }

    @Test
    void saysWhatItDoesNotKnow() throws Exception {
        List<JsonNode> answers = run("dance vsecm-operator\nrotate nobody\nmood blue\n\n");
        assertThat(answers.subList(1, answers.size()))
                .hasSize(4)
                .allMatch(answer -> !answer.get("ok").asBoolean()
                        && answer.get("error").asText().startsWith("unknown"));
    }

    @Test
    void wantsAFolderAndAPort() {
        assertThatThrownBy(() -> SafeMain.run(List.of("x"), new BufferedReader(new StringReader("")), System.out))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<JsonNode> run(String commands) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeMain.run(
                List.of(folder.toString(), "0", "vsecm-operator"),
                new BufferedReader(new StringReader(commands)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> GoJson.read(line).orElseThrow())
                .toList();
    }
}
