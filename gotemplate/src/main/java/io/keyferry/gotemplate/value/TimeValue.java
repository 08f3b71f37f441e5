package io.keyferry.gotemplate.value;

import java.time.Instant;

/** A time.Time in UTC, without a monotonic reading. */
public record TimeValue(Instant instant) implements Value {
    /** Go's zero time, 1 January of the year 1. */
    public static final TimeValue ZERO = new TimeValue(Instant.parse("0001-01-01T00:00:00Z"));

    @Override
    public Type type() {
        return Type.Basic.TIME;
    }

    public boolean isZero() {
        return instant.equals(ZERO.instant);
    }

    @Override
    public String toString() {
        return "time.Time";
    }
}
