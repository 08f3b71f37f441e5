package io.keyferry.gotemplate.fmt;

import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Value;
import java.util.List;

/**
 * What Go's fmt writes, byte for byte. Nothing fails: misuse is reported in the text, as Go does. Time and memory grow
 * with the format, the arguments and the output alone. What {@code %p} shows of a map or a list is no address, but the
 * same text always.
 */
public final class Fmt {
    private Fmt() {}

    /** As {@code Sprint}: blanks between operands when neither is a string. */
    public static void print(List<Value> operands, Sink out) {
        Printer printer = new Printer(out);
        boolean afterString = true;
        for (Value operand : operands) {
            boolean string = operand instanceof StringValue;
            if (!string && !afterString) {
                out.write(' ');
            }
            printer.write(operand, 'v', new Flags());
            afterString = string;
        }
    }

    /** As {@code Sprintln}: blanks between operands, and a line feed at the end. */
    public static void println(List<Value> operands, Sink out) {
        Printer printer = new Printer(out);
        for (int i = 0; i < operands.size(); i++) {
            if (i > 0) {
                out.write(' ');
            }
            printer.write(operands.get(i), 'v', new Flags());
        }
        out.write('\n');
    }

    /** As {@code Sprintf}. */
    public static void printf(StringValue format, List<Value> arguments, Sink out) {
        new Format(format.bytes(), arguments, out).run();
    }

    /** A text by {@code %q}. */
    public static String quote(StringValue text) {
        Sink out = new Sink(_ -> {});
        printf(StringValue.of("%q"), List.of(text), out);
        return out.toValue().text();
    }

    /** A value by {@code %v}; nil prints {@code <nil>}. */
    public static void display(Value value, Sink out) {
        if (value instanceof StringValue string) {
            out.write(string);
        } else {
            new Printer(out).write(value, 'v', new Flags());
        }
    }

    /** A value by {@code %v}, as a value. */
    public static StringValue display(Value value, Sink.Meter meter) {
        Sink out = new Sink(meter);
        display(value, out);
        return out.toValue();
    }

    /** A value by {@code %#v}, as a value. */
    public static StringValue goSyntax(Value value, Sink.Meter meter) {
        Sink out = new Sink(meter);
        Flags flags = new Flags();
        flags.goSyntax = true;
        new Printer(out).write(value, 'v', flags);
        return out.toValue();
    }
}
