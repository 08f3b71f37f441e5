package io.keyferry.gotemplate.fmt;

import io.keyferry.gotemplate.value.BoolValue;
import io.keyferry.gotemplate.value.ComplexValue;
import io.keyferry.gotemplate.value.FloatValue;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.ListValue;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.NilValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.StructValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one value by one verb. Recursion is bounded by {@link Value#MAX_DEPTH}. */
final class Printer {
    private static final String NIL = "<nil>";

    /** Go shows where a map or list lies in memory, which differs from run to run. */
    private static final long SOME_ADDRESS = 0xc000012345L;

    private final Sink out;
    private final Pad pad;
    private final Text text;
    private final Integers integers;
    private final Floats floats;

    /** While a misuse is being reported, values do not print themselves. */
    private boolean reporting;

    Printer(Sink out) {
        this.out = out;
        this.pad = new Pad(out);
        this.text = new Text(out, pad);
        this.integers = new Integers(out, pad);
        this.floats = new Floats(out, pad);
    }

    void write(Value value, int verb, Flags flags) {
        switch (verb) {
            case 'T' -> {
                if (value == NilValue.NIL) {
                    pad.text(NIL, flags);
                } else {
                    text.plain(utf8(value.type().goName()), flags);
                }
            }
            case 'p' -> pointer(value, flags);
            default -> {
                if (value == NilValue.NIL && verb == 'v') {
                    pad.text(NIL, flags);
                } else if (value == NilValue.NIL) {
                    misuse(value, verb, flags);
                } else {
                    part(value, verb, flags);
                }
            }
        }
    }

    private void part(Value value, int verb, Flags flags) {
        if (writesItself(value, verb, flags)) {
            return;
        }
        boolean fits = switch (value) {
            case NilValue _ -> nilPart(flags);
            case BoolValue bool -> bool(bool.value(), verb, flags);
            case IntValue number -> integers.write(number.value(), number.type().isUnsigned(), verb, flags);
            case FloatValue number -> floats.write(number.value(), verb, flags);
            case ComplexValue number -> floats.write(number.real(), number.imaginary(), verb, flags);
            case StringValue string -> string(string, verb, flags);
            case ListValue list -> list(list, verb, flags);
            case MapValue map -> map(map, verb, flags);
            case StructValue struct -> struct(struct, verb, flags);
            case TimeValue time -> timeFields(time, verb, flags);
        };
        if (!fits) {
            misuse(value, verb, flags);
        }
    }

    /** What Go's handling of Stringer and GoStringer does, and of %w, which is for errors alone. */
    private boolean writesItself(Value value, int verb, Flags flags) {
        if (reporting) {
            return false;
        }
        if (verb == 'w' && value != NilValue.NIL && !isBytes(value)) {
            misuse(value, verb, flags);
            return true;
        }
        if (flags.goSyntax) {
            if (value instanceof TimeValue time) {
                text.plain(utf8(TimeText.goSyntax(time.instant())), flags);
                return true;
            }
            return false;
        }
        String own = "vsxXq".indexOf(verb) < 0 ? null : own(value);
        return own != null && text.write(utf8(own), verb, flags);
    }

    private static @Nullable String own(Value value) {
        return switch (value) {
            case TimeValue time -> TimeText.plain(time.instant());
            case IntValue(Type.Basic type, long number) when type == Type.Basic.MONTH -> Names.month(number);
            case IntValue(Type.Basic type, long number) when type == Type.Basic.WEEKDAY -> Names.weekday(number);
            case IntValue(Type.Basic type, long number) when type == Type.Basic.DURATION -> Names.duration(number);
            default -> null;
        };
    }

    private boolean nilPart(Flags flags) {
        out.write(flags.goSyntax ? "interface {}(nil)" : NIL);
        return true;
    }

    private boolean bool(boolean value, int verb, Flags flags) {
        if (verb != 't' && verb != 'v') {
            return false;
        }
        pad.text(value ? "true" : "false", flags);
        return true;
    }

    private boolean string(StringValue string, int verb, Flags flags) {
        if ((verb == 'v' || verb == 's') && !flags.goSyntax && flags.isPlain()) {
            out.write(string);
            return true;
        }
        return text.write(string.bytes(), verb, flags);
    }

    private boolean list(ListValue list, int verb, Flags flags) {
        boolean bytes = isBytes(list);
        if (bytes && "sqxX".indexOf(verb) >= 0) {
            return text.write(bytes(list), verb, flags);
        }
        if (flags.goSyntax) {
            out.write(bytes && verb == 'v' ? "[]byte" : list.type().goName());
            if (list.isNil()) {
                out.write("(nil)");
                return true;
            }
        }
        out.write(flags.goSyntax ? '{' : '[');
        boolean first = true;
        for (Value item : list.items()) {
            separator(first, flags);
            first = false;
            part(item, verb, flags);
        }
        out.write(flags.goSyntax ? '}' : ']');
        return true;
    }

    private static boolean isBytes(Value value) {
        return value instanceof ListValue list && list.type().element() == Type.Basic.UINT8;
    }

    private static byte[] bytes(ListValue list) {
        byte[] bytes = new byte[list.items().size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((IntValue) list.items().get(i)).value();
        }
        return bytes;
    }

    private boolean map(MapValue map, int verb, Flags flags) {
        out.write(flags.goSyntax ? map.type().goName() : "map");
        if (flags.goSyntax && map.isNil()) {
            out.write("(nil)");
            return true;
        }
        out.write(flags.goSyntax ? '{' : '[');
        boolean first = true;
        for (Map.Entry<StringValue, Value> entry : map.entries().entrySet()) {
            separator(first, flags);
            first = false;
            part(entry.getKey(), verb, flags);
            out.write(':');
            part(entry.getValue(), verb, flags);
        }
        out.write(flags.goSyntax ? '}' : ']');
        return true;
    }

    private boolean struct(StructValue struct, int verb, Flags flags) {
        if (flags.goSyntax) {
            out.write(struct.type().goName());
        }
        out.write('{');
        List<Type.Field> fields = struct.type().fields();
        for (int i = 0; i < fields.size(); i++) {
            separator(i == 0, flags);
            name(fields.get(i).name(), flags);
            part(struct.fields().get(i), verb, flags);
        }
        out.write('}');
        return true;
    }

    private void name(String field, Flags flags) {
        if (flags.goSyntax || flags.fieldNames) {
            out.write(field + ":");
        }
    }

    private void separator(boolean first, Flags flags) {
        if (!first) {
            out.write(flags.goSyntax ? ", " : " ");
        }
    }

    /** What is inside a time.Time, seen when it does not print itself. */
    private boolean timeFields(TimeValue time, int verb, Flags flags) {
        Instant instant = time.instant();
        long seconds = instant.getEpochSecond() + TimeText.EPOCH;
        int nanos = instant.getNano();
        out.write(flags.goSyntax ? "time.Time{" : "{");
        name("wall", flags);
        part(new IntValue(Type.Basic.UINT64, nanos), verb, flags);
        separator(false, flags);
        name("ext", flags);
        part(new IntValue(Type.Basic.INT64, seconds), verb, flags);
        separator(false, flags);
        name("loc", flags);
        nilLocation(verb, flags);
        out.write('}');
        return true;
    }

    private void nilLocation(int verb, Flags flags) {
        if (flags.goSyntax) {
            out.write("(*time.Location)(nil)");
        } else if (verb == 'v') {
            pad.text(NIL, flags);
        } else if ("bodxX".indexOf(verb) >= 0) {
            integers.write(0, true, verb, flags);
        } else {
            misuse("*time.Location", verb, () -> pad.text(NIL, flags));
        }
    }

    private void pointer(Value value, Flags flags) {
        switch (value) {
            case MapValue map -> integers.withPrefix(map.isNil() ? 0 : SOME_ADDRESS, !flags.sharp, flags);
            case ListValue list -> integers.withPrefix(list.isNil() ? 0 : SOME_ADDRESS, !flags.sharp, flags);
            default -> misuse(value, 'p', flags);
        }
    }

    private void misuse(Value value, int verb, Flags flags) {
        if (value == NilValue.NIL) {
            out.write("%!" + Utf8.toString(verb) + "(" + NIL + ")");
            return;
        }
        misuse(value.type().goName(), verb, () -> {
            reporting = true;
            part(value, 'v', flags);
            reporting = false;
        });
    }

    private void misuse(String type, int verb, Runnable value) {
        out.write("%!" + Utf8.toString(verb) + "(" + type + "=");
        value.run();
        out.write(')');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
