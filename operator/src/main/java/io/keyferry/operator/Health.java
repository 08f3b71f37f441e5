package io.keyferry.operator;

import io.keyferry.operator.http.Endpoints.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Answers probes. Alive means that the process answers; ready that everything it needs of the API server has been seen
 * and is being watched, and that somebody leads. No remote store counts for either: restarting the operator mends none of them.
 */
final class Health {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Map<String, BooleanSupplier> checks = new LinkedHashMap<>();

    /** @param needed what is said to be missing while {@code check} does not hold */
    synchronized void require(String needed, BooleanSupplier check) {
        checks.put(needed, check);
    }

    Answer live() {
        return text(200, "ok");
    }

    Answer ready() {
        return missing().map(text -> text(503, text)).orElseGet(() -> text(200, "ok"));
    }

    /** What is missing, for people. */
    synchronized Optional<String> missing() {
        List<String> missing = checks.entrySet().stream()
                .filter(check -> !check.getValue().getAsBoolean())
                .map(Map.Entry::getKey)
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of("waiting for: " + String.join(", ", missing));
    }

    private static Answer text(int status, String text) {
        return new Answer(status, TEXT, text);
    }
}
