package io.keyferry.bench.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Log lines at level warn and above, alike ones counted as one. */
final class Complaints {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> QUIET = Set.of("debug", "info");

    private Complaints() {}

    /** @param isExplained tells of a moment whether complaints were to be expected then */
    static Map<String, Integer> unexplained(List<String> log, Predicate<Instant> isExplained) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : log) {
            JsonNode entry = read(line);
            if (!QUIET.contains(entry.path("level").asText())
                    && !isExplained.test(Instant.parse(entry.path("ts").asText(Instant.MIN.toString())))) {
                counts.merge(entry.path("msg").asText(line).replaceAll("\\d+", "#"), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** A line that is no JSON is a complaint of the JVM's. */
    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("msg", line);
        }
    }
}
