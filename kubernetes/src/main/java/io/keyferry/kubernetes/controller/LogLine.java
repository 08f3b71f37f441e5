package io.keyferry.kubernetes.controller;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log about an object.
 *
 * @param message what happened
 * @param error what is wrong; null if nothing is
 * @param fields what else the line says, by name
 */
public record LogLine(String message, @Nullable String error, Map<String, String> fields) {
    public LogLine {
        fields = Map.copyOf(fields);
    }

    public static LogLine info(String message) {
        return new LogLine(message, null, Map.of());
    }

    public static LogLine error(String message, String error) {
        return new LogLine(message, error, Map.of());
    }

    /** The same line that says more. */
    public LogLine with(Map<String, String> more) {
        return new LogLine(message, error, more);
    }
}
