package io.keyferry.kubernetes.controller;

import org.jspecify.annotations.Nullable;

/**
 * One line of the log about an object.
 *
 * @param message what happened
 * @param error what is wrong; null if nothing is
 */
public record LogLine(String message, @Nullable String error) {
    public static LogLine info(String message) {
        return new LogLine(message, null);
    }

    public static LogLine error(String message, String error) {
        return new LogLine(message, error);
    }
}
