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

/** Compares with what Go made of the same templates, see tools/template-oracle. */
class TemplatesAsInGoTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Messages that show data in Go, which may be secret, or that speak of what nobody can call. */
    private static final List<String> OTHER_WORDS = List.of(
            "range can't iterate over ",
            "non-comparable type",
            "non-function ",
            "cannot index slice/array with type interface {}",
            "return value",
            "syntax error scanning complex number");

    private record Comparison(String template, Outcome ours, Outcome gos) {
        boolean agrees() {
            return ours.agreesWith(gos);
        }

        boolean bothFail() {
            return ours.error() != null && gos.error() != null;
        }

        boolean sameWords() {
            return Objects.equals(ours.error(), gos.error());
        }

        boolean mayDiffer() {
            return OTHER_WORDS.stream().anyMatch(Objects.requireNonNull(gos.error())::contains);
        }
    }

    @Test
    void outputIsTheSameOrBothFail() throws IOException, InterruptedException {
        List<Comparison> comparisons = comparisons();
        assertThat(comparisons).hasSizeGreaterThan(2_000);
        assertThat(comparisons.stream().filter(each -> !each.agrees())).isEmpty();
    }

    @Test
    void errorsAreInTheWordsOfGo() throws IOException, InterruptedException {
        List<Comparison> failed =
                comparisons().stream().filter(Comparison::bothFail).toList();
        assertThat(failed.stream().filter(Comparison::sameWords)).hasSizeGreaterThan(failed.size() * 9 / 10);
        assertThat(failed.stream().filter(each -> !each.sameWords() && !each.mayDiffer()))
                .isEmpty();
    }

    private static List<Comparison> comparisons() throws IOException, InterruptedException {
        Map<String, OracleData> data = OracleData.all();
        List<Comparison> comparisons = new ArrayList<>();
        for (String line : lines()) {
            JsonNode row = MAPPER.readTree(line);
            String template = row.get("template").asText();
            OracleData set = Objects.requireNonNull(data.get(row.get("data").asText()));
            comparisons.add(
                    new Comparison(template, set.render(template, TemplateLimits.DEFAULT), OracleAnswer.of(row)));
        }
        return comparisons;
    }

    private static List<String> lines() throws IOException {
        try (var in =
                Objects.requireNonNull(TemplatesAsInGoTest.class.getResourceAsStream("/golden/templates.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
