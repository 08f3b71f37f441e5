package io.keyferry.operator.log;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/** Lines for people. */
final class ConsoleLogFormat extends Formatter {
    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(128)
                .append(entry.getInstant().truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append("%-5s".formatted(JsonLogFormat.level(entry.getLevel()).toUpperCase(Locale.ROOT)))
                .append(' ');
        String name = MDC.get("name");
        if (name != null && MDC.get("controllerKind") != null) {
            line.append(MDC.get("controllerKind"))
                    .append(' ')
                    .append(MDC.get("namespace"))
                    .append('/')
                    .append(name)
                    .append(": ");
        }
        line.append(formatMessage(entry));
        String error = MDC.get("error");
        if (error != null) {
            line.append(": ").append(error);
        }
        line.append('\n');
        if (entry.getThrown() != null) {
            line.append(JsonLogFormat.stackTrace(entry.getThrown()));
        }
        return line.toString();
    }
}
