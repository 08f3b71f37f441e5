package io.keyferry.gotext;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time as Go reads them. */
public final class GoTime {
    private static final Pattern TIMESTAMP = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})"
            + "(?:[Tt](\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:[.,]\\d++)?+(?:Z|[+-](\\d{2}):(\\d{2}))"
            + "| (\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:[.,]\\d++)?+)?+");

    private GoTime() {}

    /** Whether gopkg.in/yaml.v3 takes {@code text} for a timestamp. */
    public static boolean isYamlTimestamp(String text) {
        Matcher parts = TIMESTAMP.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        try {
            LocalDate _ = LocalDate.of(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
        } catch (DateTimeException e) {
            return false;
        }
        return inRange(parts, 4) && inRange(parts, 9) && isOffset(parts.group(7), parts.group(8));
    }

    private static boolean inRange(Matcher parts, int hour) {
        return parts.group(hour) == null
                || (Integer.parseInt(parts.group(hour)) < 24
                        && Integer.parseInt(parts.group(hour + 1)) < 60
                        && Integer.parseInt(parts.group(hour + 2)) < 60);
    }

    private static boolean isOffset(String hours, String minutes) {
        return hours == null || (Integer.parseInt(hours) <= 24 && Integer.parseInt(minutes) < 60);
    }
}
