package io.keyferry.gotemplate.fmt;

import java.util.List;

/** How the named integers and times of package time print themselves. */
final class Names {
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    private static final List<String> WEEKDAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
    private static final long SECOND = 1_000_000_000L;

    private Names() {}

    static String month(long month) {
        return month >= 1 && month <= MONTHS.size()
                ? MONTHS.get((int) month - 1)
                : "%!Month(" + Long.toUnsignedString(month) + ")";
    }

    static String weekday(long day) {
        return day >= 0 && day < WEEKDAYS.size()
                ? WEEKDAYS.get((int) day)
                : "%!Weekday(" + Long.toUnsignedString(day) + ")";
    }

    static String duration(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        // The smallest long has no positive counterpart, but its bits read unsigned are the magnitude.
        long size = Math.abs(nanos);
        if (Long.compareUnsigned(size, SECOND) < 0) {
            return sign + belowSecond(size);
        }
        long seconds = Long.divideUnsigned(size, SECOND);
        String text = fraction(seconds % 60, Long.remainderUnsigned(size, SECOND), 9) + "s";
        long minutes = seconds / 60;
        if (minutes > 0) {
            text = minutes % 60 + "m" + text;
        }
        if (minutes >= 60) {
            text = minutes / 60 + "h" + text;
        }
        return sign + text;
    }

    private static String belowSecond(long nanos) {
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return fraction(nanos / 1_000, nanos % 1_000, 3) + "\u00b5s";
        }
        return fraction(nanos / 1_000_000, nanos % 1_000_000, 6) + "ms";
    }

    private static String fraction(long whole, long part, int digits) {
        return part == 0 ? Long.toString(whole) : whole + "." + withoutZeros(padded(part, digits));
    }

    static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    static String withoutZeros(String digits) {
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }
}
