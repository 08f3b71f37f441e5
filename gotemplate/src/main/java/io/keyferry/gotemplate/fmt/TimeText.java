package io.keyferry.gotemplate.fmt;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Points in time as Go's Time.String and Time.GoString give them, always in UTC. */
final class TimeText {
    /** Seconds between the beginning of the year 1, Go's zero time, and that of 1970. */
    static final long EPOCH = 62_135_596_800L;

    private TimeText() {}

    static String plain(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        String fraction = time.getNano() == 0 ? "" : "." + Names.withoutZeros(Names.padded(time.getNano(), 9));
        return year(time.getYear()) + "-" + two(time.getMonthValue()) + "-" + two(time.getDayOfMonth()) + " "
                + two(time.getHour()) + ":" + two(time.getMinute()) + ":" + two(time.getSecond()) + fraction
                + " +0000 UTC";
    }

    static String goSyntax(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return "time.Date(" + time.getYear() + ", time." + Names.month(time.getMonthValue()) + ", "
                + time.getDayOfMonth() + ", " + time.getHour() + ", " + time.getMinute() + ", " + time.getSecond()
                + ", " + time.getNano() + ", time.UTC)";
    }

    private static String year(int year) {
        return (year < 0 ? "-" : "") + Names.padded(Math.abs(year), 4);
    }

    private static String two(int number) {
        return Names.padded(number, 2);
    }
}
