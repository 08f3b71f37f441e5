package io.keyferry.gotemplate;

import io.keyferry.gotemplate.fmt.Fmt;
import io.keyferry.gotemplate.value.BoolValue;
import io.keyferry.gotemplate.value.FloatValue;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Type.Basic;
import io.keyferry.gotemplate.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of Go's Time, Duration, Month and Weekday. Those that give a location or several values are not here. */
final class TimeMethods<X extends Exception> {
    private static final String RFC3339 = "2006-01-02T15:04:05.999999999Z07:00";
    private static final int LAST_RFC3339_YEAR = 9999;

    private final Meter meter;

    TimeMethods(Meter meter) {
        this.meter = meter;
    }

    /** Null if the value has no such method. */
    @Nullable
    Function<X> find(Value receiver, String name) {
        return switch (receiver) {
            case TimeValue time -> ofTime(time, name);
            case IntValue number when number.type() == Basic.DURATION -> ofDuration(number, name);
            case IntValue number
            when number.type() == Basic.MONTH || number.type() == Basic.WEEKDAY ->
                name.equals("String") ? constant(Fmt.display(number, meter)) : null;
            default -> null;
        };
    }

    private @Nullable Function<X> ofTime(TimeValue value, String name) {
        Instant instant = value.instant();
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        return switch (name) {
            case "Unix" -> int64(instant.getEpochSecond());
            case "UnixMilli" -> int64(instant.getEpochSecond() * 1_000 + instant.getNano() / 1_000_000);
            case "UnixMicro" -> int64(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
            case "UnixNano" -> int64(instant.getEpochSecond() * 1_000_000_000 + instant.getNano());
            case "Year" -> integer(time.getYear());
            case "Month" -> constant(new IntValue(Basic.MONTH, time.getMonthValue()));
            case "Day" -> integer(time.getDayOfMonth());
            case "Hour" -> integer(time.getHour());
            case "Minute" -> integer(time.getMinute());
            case "Second" -> integer(time.getSecond());
            case "Nanosecond" -> integer(time.getNano());
            case "YearDay" -> integer(time.getDayOfYear());
            case "Weekday" ->
                constant(new IntValue(Basic.WEEKDAY, time.getDayOfWeek().getValue() % 7));
            case "IsZero" -> constant(BoolValue.of(value.isZero()));
            case "IsDST" -> constant(BoolValue.of(false));
            case "UTC" -> constant(value);
            case "String" -> constant(Fmt.display(value, meter));
            case "GoString" -> constant(Fmt.goSyntax(value, meter));
            case "Format" -> format(time);
            case "MarshalText" -> rfc3339(time, "");
            case "MarshalJSON" -> rfc3339(time, "\"");
            case "Before" -> comparison(instant, order -> BoolValue.of(order < 0));
            case "After" -> comparison(instant, order -> BoolValue.of(order > 0));
            case "Equal" -> comparison(instant, order -> BoolValue.of(order == 0));
            case "Compare" -> comparison(instant, IntValue::of);
            case "Add" -> shift(nanos -> new TimeValue(instant.plusNanos(nanos)));
            case "Sub" -> difference(instant);
            case "Truncate" -> shift(nanos -> new TimeValue(GoTimes.truncate(instant, nanos)));
            case "Round" -> shift(nanos -> new TimeValue(GoTimes.round(instant, nanos)));
            case "AddDate" -> addDate(time);
            default -> null;
        };
    }

    private @Nullable Function<X> ofDuration(IntValue value, String name) {
        long nanos = value.value();
        return switch (name) {
            case "String" -> constant(Fmt.display(value, meter));
            case "Nanoseconds" -> int64(nanos);
            case "Microseconds" -> int64(nanos / 1_000);
            case "Milliseconds" -> int64(nanos / 1_000_000);
            case "Seconds" -> constant(new FloatValue(GoTimes.in(nanos, 1_000_000_000L)));
            case "Minutes" -> constant(new FloatValue(GoTimes.in(nanos, 60_000_000_000L)));
            case "Hours" -> constant(new FloatValue(GoTimes.in(nanos, 3_600_000_000_000L)));
            case "Abs" -> duration(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(nanos));
            case "Truncate" -> shift(unit -> new IntValue(Basic.DURATION, unit <= 0 ? nanos : nanos - nanos % unit));
            case "Round" -> shift(unit -> new IntValue(Basic.DURATION, GoTimes.round(nanos, unit)));
            default -> null;
        };
    }

    private Function<X> constant(Value value) {
        return Function.method(_ -> Cell.of(value));
    }

    private Function<X> integer(long value) {
        return constant(IntValue.of(value));
    }

    private Function<X> int64(long value) {
        return constant(new IntValue(Basic.INT64, value));
    }

    private Function<X> duration(long nanos) {
        return constant(new IntValue(Basic.DURATION, nanos));
    }

    private Function<X> format(OffsetDateTime time) {
        return Function.method(
                arguments -> Cell.of(GoLayout.format(time, (StringValue) value(arguments), meter)), Basic.STRING);
    }

    private Function<X> rfc3339(OffsetDateTime time, String quote) {
        return Function.method(_ -> {
            if (time.getYear() < 0 || time.getYear() > LAST_RFC3339_YEAR) {
                throw new FunctionException("year outside of range [0,9999]");
            }
            StringValue layout = StringValue.of(quote + RFC3339 + quote);
            return Cell.of(GoTimes.bytes(GoLayout.format(time, layout, meter)));
        });
    }

    private interface Verdict {
        Value on(int order);
    }

    private Function<X> comparison(Instant instant, Verdict verdict) {
        return Function.method(
                arguments -> Cell.of(verdict.on(Integer.signum(instant.compareTo(time(arguments))))), Basic.TIME);
    }

    private interface Shift {
        Value by(long nanos);
    }

    private Function<X> shift(Shift shift) {
        return Function.method(
                arguments -> {
                    try {
                        return Cell.of(shift.by(((IntValue) value(arguments)).value()));
                    } catch (DateTimeException | ArithmeticException e) {
                        throw outOfRange(e);
                    }
                },
                Basic.DURATION);
    }

    private Function<X> difference(Instant instant) {
        return Function.method(
                arguments -> Cell.of(new IntValue(Basic.DURATION, GoTimes.difference(instant, time(arguments)))),
                Basic.TIME);
    }

    private Function<X> addDate(OffsetDateTime time) {
        return Function.method(
                arguments -> {
                    long[] parts = arguments.stream()
                            .mapToLong(cell -> ((IntValue) cell.orNil()).value())
                            .toArray();
                    try {
                        return Cell.of(new TimeValue(GoTimes.addDate(time, parts[0], parts[1], parts[2])));
                    } catch (DateTimeException | ArithmeticException e) {
                        throw outOfRange(e);
                    }
                },
                Basic.INT,
                Basic.INT,
                Basic.INT);
    }

    private static FunctionException outOfRange(RuntimeException cause) {
        return new FunctionException("time out of range", cause);
    }

    private static Value value(List<Cell> arguments) {
        return arguments.getFirst().orNil();
    }

    private static Instant time(List<Cell> arguments) {
        return ((TimeValue) value(arguments)).instant();
    }
}
