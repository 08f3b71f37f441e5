package io.keyferry.gotemplate.fmt;

import java.util.Arrays;
import java.util.Locale;

/** Strings with flags. */
final class Text {
    private static final String LOWER = "0123456789abcdef";
    private static final String UPPER = "0123456789ABCDEF";

    private final Sink out;
    private final Pad pad;

    Text(Sink out, Pad pad) {
        this.out = out;
        this.pad = pad;
    }

    static String upperAscii(String digits) {
        return digits.toUpperCase(Locale.ROOT);
    }

    /** Whether {@code verb} is one for strings; if not, nothing was written. */
    boolean write(byte[] text, int verb, Flags flags) {
        switch (verb) {
            case 'v' -> {
                if (flags.goSyntax) {
                    quoted(text, flags);
                } else {
                    plain(text, flags);
                }
            }
            case 's' -> plain(text, flags);
            case 'q' -> quoted(text, flags);
            case 'x' -> hex(text, LOWER, flags);
            case 'X' -> hex(text, UPPER, flags);
            default -> {
                return false;
            }
        }
        return true;
    }

    void plain(byte[] text, Flags flags) {
        pad.bytes(truncated(text, flags), flags);
    }

    private void quoted(byte[] text, Flags flags) {
        byte[] shown = truncated(text, flags);
        Sink quoted = flags.width > 0 ? out.scratch() : out;
        if (flags.sharp && Quote.canBackquote(shown)) {
            quoted.write('`');
            quoted.write(shown);
            quoted.write('`');
        } else {
            Quote.string(shown, flags.plus, quoted);
        }
        if (quoted != out) {
            pad.bytes(quoted.bytes(), flags);
        }
    }

    private static byte[] truncated(byte[] text, Flags flags) {
        if (flags.precision == Flags.NONE) {
            return text;
        }
        int end = Utf8.prefix(text, flags.precision);
        return end == text.length ? text : Arrays.copyOf(text, end);
    }

    private void hex(byte[] text, String digits, Flags flags) {
        int count = flags.precision == Flags.NONE ? text.length : Math.min(flags.precision, text.length);
        if (count == 0) {
            pad.write(flags, 0, flags.padsWithZeros(), () -> {});
            return;
        }
        int prefixes = !flags.sharp ? 0 : flags.space ? count : 1;
        int length = 2 * count + 2 * prefixes + (flags.space ? count - 1 : 0);
        pad.write(flags, length, flags.padsWithZeros(), () -> hexDigits(text, count, digits, flags));
    }

    private void hexDigits(byte[] text, int count, String digits, Flags flags) {
        for (int i = 0; i < count; i++) {
            if (flags.space && i > 0) {
                out.write(' ');
            }
            if (flags.sharp && (flags.space || i == 0)) {
                out.write('0');
                out.write(digits.equals(UPPER) ? 'X' : 'x');
            }
            out.write(digits.charAt(text[i] >> 4 & 0xf));
            out.write(digits.charAt(text[i] & 0xf));
        }
    }
}
