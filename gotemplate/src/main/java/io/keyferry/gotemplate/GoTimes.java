package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.ListValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Type;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.IntStream;

/** Calculating with times and durations as Go's package time does. */
final class GoTimes {
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);

    private GoTimes() {}

    /** Months and days beyond their ends run over into what follows. */
    static Instant addDate(OffsetDateTime time, long years, long months, long days) {
        OffsetDateTime first = time.withDayOfMonth(1);
        return first.plusYears(years)
                .plusMonths(months)
                .plusDays(Math.addExact(days, time.getDayOfMonth() - 1L))
                .toInstant();
    }

    /** The difference as nanoseconds, or the nearest there is. */
    static long difference(Instant a, Instant b) {
        try {
            return Duration.between(b, a).toNanos();
        } catch (ArithmeticException _) {
            return a.isBefore(b) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Counted from Go's zero time. */
    static Instant truncate(Instant instant, long unit) {
        return unit <= 0 ? instant : instant.minusNanos(remainder(instant, unit));
    }

    static Instant round(Instant instant, long unit) {
        if (unit <= 0) {
            return instant;
        }
        long remainder = remainder(instant, unit);
        return lessThanHalf(remainder, unit) ? instant.minusNanos(remainder) : instant.plusNanos(unit - remainder);
    }

    /** Halves are rounded away from zero. */
    static long round(long nanos, long unit) {
        if (unit <= 0) {
            return nanos;
        }
        long remainder = Math.abs(nanos % unit);
        if (lessThanHalf(remainder, unit)) {
            return nanos < 0 ? nanos + remainder : nanos - remainder;
        }
        try {
            return nanos < 0 ? Math.subtractExact(nanos, unit - remainder) : Math.addExact(nanos, unit - remainder);
        } catch (ArithmeticException _) {
            return nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Whole units and the fraction are made floats each for itself, as in Go. */
    static double in(long nanos, long unit) {
        long whole = nanos / unit;
        long part = nanos % unit;
        return whole + (double) part / unit;
    }

    private static boolean lessThanHalf(long part, long whole) {
        return part < whole - part;
    }

    private static long remainder(Instant instant, long unit) {
        Duration sinceZero = Duration.between(TimeValue.ZERO.instant(), instant);
        return BigInteger.valueOf(sinceZero.getSeconds())
                .multiply(NANOS)
                .add(BigInteger.valueOf(sinceZero.getNano()))
                .mod(BigInteger.valueOf(unit))
                .longValueExact();
    }

    /** A text as a list of its bytes. */
    static ListValue bytes(StringValue text) {
        return ListValue.of(
                new Type.ListOf(Type.Basic.UINT8),
                IntStream.range(0, text.length())
                        .mapToObj(i -> new IntValue(Type.Basic.UINT8, text.byteAt(i)))
                        .toList());
    }
}
