package io.keyferry.gotemplate.fmt;

import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.NilValue;
import io.keyferry.gotemplate.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of printf: reads the format from left to right, once. */
final class Format {
    /** Larger numbers are no widths and no precisions. */
    private static final int LARGEST_NUMBER = 1_000_000;

    private static final int SHORTEST_INDEX = 3;

    private final byte[] format;
    private final List<Value> arguments;
    private final Sink out;
    private final Printer printer;

    private int at;
    private int argument;

    /** Whether every index in brackets of the current verb names an argument. */
    private boolean goodIndex;

    /** Whether an index in brackets stands right before {@link #at}. */
    private boolean afterIndex;

    /** Whether there was any index in brackets: then arguments left over are no misuse. */
    private boolean reordered;

    /** The next closing bracket, kept so that many opening ones cost one search. */
    private int nextBracket = -1;

    Format(byte[] format, List<Value> arguments, Sink out) {
        this.format = format;
        this.arguments = arguments;
        this.out = out;
        this.printer = new Printer(out);
    }

    void run() {
        while (at < format.length) {
            int percent = find('%', at);
            out.write(format, at, percent);
            at = percent + 1;
            if (percent < format.length) {
                directive();
            }
        }
        if (!reordered && argument < arguments.size()) {
            extra();
        }
    }

    private void directive() {
        goodIndex = true;
        afterIndex = false;
        Flags flags = flags();
        index();
        width(flags);
        precision(flags);
        if (!afterIndex) {
            index();
        }
        if (at >= format.length) {
            out.write("%!(NOVERB)");
            return;
        }
        int verb = Utf8.decode(format, at);
        at += Utf8.width(verb);
        verb(verb, flags);
    }

    private Flags flags() {
        Flags flags = new Flags();
        for (; at < format.length; at++) {
            switch (format[at]) {
                case '#' -> flags.sharp = true;
                case '0' -> flags.zero = true;
                case '+' -> flags.plus = true;
                case '-' -> flags.minus = true;
                case ' ' -> flags.space = true;
                default -> {
                    return flags;
                }
            }
        }
        return flags;
    }

    private void width(Flags flags) {
        if (isAt('*')) {
            at++;
            Integer width = numberArgument();
            if (width == null) {
                out.write("%!(BADWIDTH)");
            } else {
                flags.width = Math.abs(width);
                flags.minus |= width < 0;
            }
            afterIndex = false;
        } else {
            flags.width = number();
            if (afterIndex && flags.width != Flags.NONE) {
                goodIndex = false;
            }
        }
    }

    private void precision(Flags flags) {
        if (!isAt('.')) {
            return;
        }
        at++;
        if (afterIndex) {
            goodIndex = false;
        }
        index();
        if (isAt('*')) {
            at++;
            Integer precision = numberArgument();
            if (precision == null || precision < 0) {
                out.write("%!(BADPREC)");
            } else {
                flags.precision = precision;
            }
            afterIndex = false;
        } else {
            flags.precision = Math.max(0, number());
        }
    }

    /** An index in brackets, if one is here, makes its argument the next one. */
    private void index() {
        afterIndex = false;
        if (!isAt('[')) {
            return;
        }
        reordered = true;
        int end = format.length - at < SHORTEST_INDEX ? format.length : closingBracket();
        if (end == format.length) {
            goodIndex = false;
            at++;
            return;
        }
        at++;
        int index = number();
        afterIndex = index != Flags.NONE && at == end;
        if (afterIndex && index >= 1 && index <= arguments.size()) {
            argument = index - 1;
        } else {
            goodIndex = false;
        }
        at = end + 1;
    }

    private int closingBracket() {
        if (nextBracket < at) {
            nextBracket = find(']', at);
        }
        return nextBracket;
    }

    /** The next argument as a number for an asterisk; null if it is none, or too large. */
    private @Nullable Integer numberArgument() {
        if (argument >= arguments.size()) {
            return null;
        }
        Value value = arguments.get(argument++);
        if (value instanceof IntValue number && isSmall(number.value())) {
            return (int) number.value();
        }
        return null;
    }

    private static boolean isSmall(long number) {
        return number >= -LARGEST_NUMBER && number <= LARGEST_NUMBER;
    }

    /** The decimal number here, or {@link Flags#NONE}; all that is left of the format is skipped if it is too large. */
    private int number() {
        int start = at;
        int number = 0;
        while (at < format.length && format[at] >= '0' && format[at] <= '9') {
            if (number > LARGEST_NUMBER) {
                at = format.length;
                return Flags.NONE;
            }
            number = number * 10 + (format[at++] - '0');
        }
        return at > start ? number : Flags.NONE;
    }

    private boolean isAt(char c) {
        return at < format.length && format[at] == c;
    }

    /** The length of the format if there is none. */
    private int find(char c, int from) {
        int i = from;
        while (i < format.length && format[i] != c) {
            i++;
        }
        return i;
    }

    private void verb(int verb, Flags flags) {
        if (verb == '%') {
            out.write('%');
        } else if (!goodIndex) {
            out.write("%!" + Utf8.toString(verb) + "(BADINDEX)");
        } else if (argument >= arguments.size()) {
            out.write("%!" + Utf8.toString(verb) + "(MISSING)");
        } else {
            flags.setForVerb(verb);
            printer.write(arguments.get(argument++), verb, flags);
        }
    }

    private void extra() {
        out.write("%!(EXTRA ");
        for (int i = argument; i < arguments.size(); i++) {
            if (i > argument) {
                out.write(", ");
            }
            Value value = arguments.get(i);
            if (value != NilValue.NIL) {
                out.write(value.type().goName() + "=");
            }
            printer.write(value, 'v', new Flags());
        }
        out.write(')');
    }
}
