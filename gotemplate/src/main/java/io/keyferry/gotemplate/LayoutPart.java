package io.keyferry.gotemplate;

import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A part of a time that a layout names, by how it is named. Of two that fit, the first counts. */
enum LayoutPart {
    LONG_MONTH("January"),
    MONTH("Jan"),
    LONG_WEEKDAY("Monday"),
    WEEKDAY("Mon"),
    ZONE_NAME("MST"),
    ZERO_MONTH("01"),
    ZERO_DAY("02"),
    ZERO_HOUR_12("03"),
    ZERO_MINUTE("04"),
    ZERO_SECOND("05"),
    SHORT_YEAR("06"),
    ZERO_YEAR_DAY("002"),
    HOUR("15"),
    NUMBER_MONTH("1"),
    YEAR("2006"),
    DAY("2"),
    UNDERSCORE_YEAR("_2006"),
    BLANK_DAY("_2"),
    BLANK_YEAR_DAY("__2"),
    HOUR_12("3"),
    MINUTE("4"),
    SECOND("5"),
    UPPER_HALF("PM"),
    LOWER_HALF("pm"),
    ZONE_SECONDS("-070000"),
    ZONE_COLON_SECONDS("-07:00:00"),
    ZONE("-0700"),
    ZONE_COLON("-07:00"),
    ZONE_HOURS("-07"),
    ISO_ZONE_SECONDS("Z070000"),
    ISO_ZONE_COLON_SECONDS("Z07:00:00"),
    ISO_ZONE("Z0700"),
    ISO_ZONE_COLON("Z07:00"),
    ISO_ZONE_HOURS("Z07");

    private static final LayoutPart[] ALL = values();

    private final String name;

    LayoutPart(String name) {
        this.name = name;
    }

    /** The part that is named at {@code from}, or null. */
    static @Nullable LayoutPart at(String layout, int from) {
        for (LayoutPart part : ALL) {
            if (layout.startsWith(part.name, from) && !part.isPartOfWord(layout, from)) {
                return part;
            }
        }
        return null;
    }

    /** Month and Jane are no names of parts. */
    private boolean isPartOfWord(String layout, int from) {
        int end = from + name.length();
        return (this == MONTH || this == WEEKDAY)
                && end < layout.length()
                && layout.charAt(end) >= 'a'
                && layout.charAt(end) <= 'z';
    }

    int length() {
        return name.length();
    }

    /** The part of a time in UTC. */
    String of(OffsetDateTime time) {
        int hour12 = (time.getHour() + 11) % 12 + 1;
        return switch (this) {
            case LONG_MONTH -> capitalized(time.getMonth().name());
            case MONTH -> capitalized(time.getMonth().name()).substring(0, 3);
            case LONG_WEEKDAY -> capitalized(time.getDayOfWeek().name());
            case WEEKDAY -> capitalized(time.getDayOfWeek().name()).substring(0, 3);
            case ZONE_NAME -> "UTC";
            case ZERO_MONTH -> padded("%02d", time.getMonthValue());
            case ZERO_DAY -> padded("%02d", time.getDayOfMonth());
            case ZERO_HOUR_12 -> padded("%02d", hour12);
            case ZERO_MINUTE -> padded("%02d", time.getMinute());
            case ZERO_SECOND -> padded("%02d", time.getSecond());
            case SHORT_YEAR -> padded("%02d", Math.abs(time.getYear()) % 100);
            case ZERO_YEAR_DAY -> padded("%03d", time.getDayOfYear());
            case HOUR -> padded("%02d", time.getHour());
            case NUMBER_MONTH -> Integer.toString(time.getMonthValue());
            case YEAR -> year(time);
            case DAY -> Integer.toString(time.getDayOfMonth());
            case UNDERSCORE_YEAR -> "_" + year(time);
            case BLANK_DAY -> padded("%2d", time.getDayOfMonth());
            case BLANK_YEAR_DAY -> padded("%3d", time.getDayOfYear());
            case HOUR_12 -> Integer.toString(hour12);
            case MINUTE -> Integer.toString(time.getMinute());
            case SECOND -> Integer.toString(time.getSecond());
            case UPPER_HALF -> time.getHour() < 12 ? "AM" : "PM";
            case LOWER_HALF -> time.getHour() < 12 ? "am" : "pm";
            case ZONE_SECONDS -> "+000000";
            case ZONE_COLON_SECONDS -> "+00:00:00";
            case ZONE -> "+0000";
            case ZONE_COLON -> "+00:00";
            case ZONE_HOURS -> "+00";
            case ISO_ZONE_SECONDS, ISO_ZONE_COLON_SECONDS, ISO_ZONE, ISO_ZONE_COLON, ISO_ZONE_HOURS -> "Z";
        };
    }

    private static String year(OffsetDateTime time) {
        return (time.getYear() < 0 ? "-" : "") + padded("%04d", Math.abs(time.getYear()));
    }

    private static String capitalized(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String padded(String format, int number) {
        return String.format(Locale.ROOT, format, number);
    }
}
