package io.keyferry.engine.content;

import java.util.Map;

/**
 * What stands in a sync's way, for the user to read.
 *
 * @param reason a stable word in CamelCase, fit for a condition
 * @param message names the object, the field and the remedy as far as they are known; holds no secret value
 * @param details what it is about, by names that mean something to who reports it: for log fields and labels of metrics;
 *     holds no secret value
 */
public record Problem(String reason, String message, Map<String, String> details) {
    public Problem {
        details = Map.copyOf(details);
    }

    public Problem(String reason, String message) {
        this(reason, message, Map.of());
    }
}
