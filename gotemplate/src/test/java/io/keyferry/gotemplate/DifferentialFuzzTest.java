package io.keyferry.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares random templates with what Go makes of them: the same bytes, or both fail. Runs for as long as
 * {@code -Dkeyferry.fuzz=SECONDS} says, and needs Go; {@code -Dkeyferry.fuzz.seed} repeats a run.
 */
@EnabledIfSystemProperty(named = "keyferry.fuzz", matches = "\\d+")
class DifferentialFuzzTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ENOUGH = 25;

    @Test
    void randomTemplatesGiveTheSameOrBothFail(@TempDir Path work, TestReporter reporter)
            throws IOException, InterruptedException {
        long seed = Long.getLong("keyferry.fuzz.seed", System.nanoTime());
        RandomTemplate templates = new RandomTemplate(new SplittableRandom(seed));
        List<String> golden = golden();
        OracleData data = Objects.requireNonNull(OracleData.all().get("basic"));
        List<String> differences = new ArrayList<>();
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("keyferry.fuzz", 0)).toNanos();
        long tried = 0;
        long failed = 0;
        long sameWords = 0;
        long limited = 0;
        try (GoOracle go = GoOracle.start(work)) {
            while (System.nanoTime() < end && differences.size() < ENOUGH) {
                String template = tried % 3 == 0 ? templates.mutated(golden) : templates.next();
                Outcome expected = go.ask(template, "basic");
                Outcome actual = data.render(template, TemplateLimits.DEFAULT);
                tried++;
                if (actual.error() != null && actual.error().contains(" exceed")) {
                    limited++;
                } else if (!actual.agreesWith(expected)) {
                    differences.add(template + "\n  we " + actual + "\n  Go " + expected);
                } else if (actual.error() != null) {
                    failed++;
                    sameWords += Objects.equals(actual.error(), expected.error()) ? 1 : 0;
                }
            }
        }
        reporter.publishEntry(
                "fuzzed",
                "seed %d: %d templates, of which %d fail, %d of these in the same words; %d at a limit; %d differ"
                        .formatted(seed, tried, failed, sameWords, limited, differences.size()));
        assertThat(tried).isPositive();
        assertThat(differences).isEmpty();
    }

    private static List<String> golden() throws IOException {
        List<String> templates = new ArrayList<>();
        try (var in =
                Objects.requireNonNull(DifferentialFuzzTest.class.getResourceAsStream("/golden/templates.jsonl"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                templates.add(MAPPER.readTree(line).get("template").asText());
            }
        }
        return templates;
    }
}
