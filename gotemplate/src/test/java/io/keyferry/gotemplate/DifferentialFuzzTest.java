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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
    private static final Pattern ADDRESS = Pattern.compile("c0[0-9a-f]{8}");

    @Test
    void randomTemplatesGiveTheSameOrBothFail(@TempDir Path work) throws IOException, InterruptedException {
        long seed = Long.getLong("keyferry.fuzz.seed", System.nanoTime());
        RandomTemplate templates = new RandomTemplate(new SplittableRandom(seed));
        List<String> golden = golden();
        OracleData data = Objects.requireNonNull(OracleData.all().get("basic"));
        Path program = GoOracle.build(work);
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("keyferry.fuzz", 0)).toNanos();
        Tally tally = new Tally();
        while (System.nanoTime() < end && tally.differences.size() < ENOUGH) {
            try (GoOracle go = GoOracle.start(program)) {
                Outcome expected;
                do {
                    String template = tally.tried % 3 == 0 ? templates.mutated(golden) : templates.next();
                    expected = go.ask(template, "basic");
                    tally.add(template, data.render(template, TemplateLimits.DEFAULT), expected);
                } while (expected != null && System.nanoTime() < end && tally.differences.size() < ENOUGH);
            }
        }
        System.out.println("fuzzed with seed " + seed + ": " + tally);
        assertThat(tally.tried).isPositive();
        assertThat(tally.differences).isEmpty();
    }

    private static final class Tally {
        private final List<String> differences = new ArrayList<>();
        private long tried;
        private long failed;
        private long sameWords;
        private long limited;
        private long endless;

        /** @param gos null for a template that Go does not end with, which must fail here */
        void add(String template, Outcome ours, @Nullable Outcome gos) {
            tried++;
            if (ours.error() != null && ours.error().contains(" exceed")) {
                limited++;
                endless += gos == null ? 1 : 0;
            } else if (gos == null || !(ours.agreesWith(gos) || differInAddressesAlone(ours, gos))) {
                differences.add(template + "\n  we " + ours + "\n  Go " + gos);
            } else if (ours.error() != null) {
                failed++;
                sameWords += ours.error().equals(gos.error()) ? 1 : 0;
            }
        }

        /** What Go prints of a map or a list by {@code %p} is another at each run, and here always the same. */
        private static boolean differInAddressesAlone(Outcome ours, Outcome gos) {
            return ours.output() != null
                    && gos.output() != null
                    && ours.output().contains("c000012345")
                    && ADDRESS.matcher(ours.output())
                            .replaceAll("address")
                            .equals(ADDRESS.matcher(gos.output()).replaceAll("address"));
        }

        @Override
        public String toString() {
            return "%d templates, of which %d fail, %d of these in the same words; %d at a limit, %d of these endless in Go; %d differ"
                    .formatted(tried, failed, sameWords, limited, endless, differences.size());
        }
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
