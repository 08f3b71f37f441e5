package io.keyferry.operator.config;

import java.util.Map;
import java.util.logging.Level;

/**
 * How to log.
 *
 * @param level from which level on
 * @param loggers from which level on for loggers of this program whose name begins so
 * @param format the layout of lines
 * @param stackTraces from which level on lines of JSON tell where in the program they come from; an unexpected failure's own
 *     trace is told in any case
 */
public record LogConfig(Level level, Map<String, Level> loggers, Format format, Level stackTraces) {
    /** Layouts. */
    public enum Format {
        JSON,
        /** JSON with the keys of kube-secret-syncer's log: time as {@code timestamp}, and where a line comes from. */
        SYNCER_JSON,
        CONSOLE
    }
}
