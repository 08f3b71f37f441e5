package io.keyferry.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Compares with what Go made of the same templates, see tools/template-oracle: the same bytes, or both fail. */
class TemplatesAsInGoTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void outputIsTheSameOrBothFail() throws IOException, InterruptedException {
        Map<String, OracleData> data = OracleData.all();
        List<String> differences = new ArrayList<>();
        List<String> otherWords = new ArrayList<>();
        int compared = 0;
        int failed = 0;
        for (String line : lines()) {
            JsonNode row = MAPPER.readTree(line);
            String template = row.get("template").asText();
            Outcome expected = OracleAnswer.of(row);
            Outcome actual =
                    Objects.requireNonNull(data.get(row.get("data").asText())).render(template, TemplateLimits.DEFAULT);
            compared++;
            String difference = template + "\n  we " + actual + "\n  Go " + expected;
            if (!actual.agreesWith(expected)) {
                differences.add(difference);
            } else if (expected.error() != null) {
                failed++;
                if (!expected.error().equals(actual.error())) {
                    otherWords.add(difference);
                }
            }
        }
        System.out.println(
                "agree: " + compared + " templates, " + failed + " errors, " + otherWords.size() + " in other words");
        java.nio.file.Files.write(java.nio.file.Path.of("/tmp/words.txt"), otherWords);
        java.nio.file.Files.write(java.nio.file.Path.of("/tmp/diffs.txt"), differences);
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(2_000);
    }

    private static List<String> lines() throws IOException {
        try (var in =
                Objects.requireNonNull(TemplatesAsInGoTest.class.getResourceAsStream("/golden/templates.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
