package io.keyferry.gotemplate.fmt;

/** Integers with flags. */
final class Integers {
    private static final int SMALLEST_UNICODE_DIGITS = 4;

    private final Sink out;
    private final Pad pad;

    Integers(Sink out, Pad pad) {
        this.out = out;
        this.pad = pad;
    }

    /** Whether {@code verb} is one for integers; if not, nothing was written. */
    boolean write(long value, boolean unsigned, int verb, Flags flags) {
        switch (verb) {
            case 'v' -> {
                if (flags.goSyntax && unsigned) {
                    withPrefix(value, true, flags);
                } else {
                    digits(value, unsigned, 10, verb, flags);
                }
            }
            case 'd' -> digits(value, unsigned, 10, verb, flags);
            case 'b' -> digits(value, unsigned, 2, verb, flags);
            case 'o', 'O' -> digits(value, unsigned, 8, verb, flags);
            case 'x', 'X' -> digits(value, unsigned, 16, verb, flags);
            case 'c' -> pad.text(Character.toString(rune(value)), flags);
            case 'q' -> quoted(rune(value), flags);
            case 'U' -> unicode(value, flags);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Unsigned and hexadecimal, with {@code 0x} or without whatever the flags say. */
    void withPrefix(long value, boolean prefix, Flags flags) {
        boolean sharp = flags.sharp;
        flags.sharp = prefix;
        digits(value, true, 16, 'v', flags);
        flags.sharp = sharp;
    }

    private void digits(long value, boolean unsigned, int base, int verb, Flags flags) {
        if (flags.precision == 0 && value == 0) {
            out.repeat(' ', flags.width);
            return;
        }
        boolean negative = !unsigned && value < 0;
        String digits = Long.toUnsignedString(negative ? -value : value, base);
        if (verb == 'X') {
            digits = Text.upperAscii(digits);
        }
        String sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
        int wanted = flags.precision;
        if (wanted == Flags.NONE && flags.padsWithZeros() && flags.width != Flags.NONE) {
            wanted = flags.width - sign.length();
        }
        int zeros = Math.max(0, wanted - digits.length());
        pad.number(
                new Numeral(sign + prefix(base, verb, zeros > 0 || digits.startsWith("0"), flags), zeros, digits),
                flags,
                false);
    }

    private static String prefix(int base, int verb, boolean beginsWithZero, Flags flags) {
        if (verb == 'O') {
            return flags.sharp && !beginsWithZero ? "0o0" : "0o";
        }
        if (!flags.sharp) {
            return "";
        }
        return switch (base) {
            case 2 -> "0b";
            case 8 -> beginsWithZero ? "" : "0";
            case 16 -> verb == 'X' ? "0X" : "0x";
            default -> "";
        };
    }

    private static int rune(long value) {
        return value >= 0 && value <= Utf8.MAX_RUNE && Utf8.isValid((int) value) ? (int) value : Utf8.REPLACEMENT;
    }

    private void quoted(int rune, Flags flags) {
        Sink quoted = out.scratch();
        Quote.rune(rune, flags.plus, quoted);
        pad.bytes(quoted.bytes(), flags);
    }

    private void unicode(long value, Flags flags) {
        String digits = Text.upperAscii(Long.toHexString(value));
        int zeros = Math.max(0, Math.max(SMALLEST_UNICODE_DIGITS, flags.precision) - digits.length());
        boolean shown = flags.sharp && value >= 0 && value <= Utf8.MAX_RUNE && Printable.test((int) value);
        String rune = shown ? " '" + Character.toString((int) value) + "'" : "";
        Numeral number = new Numeral("U+", zeros, digits);
        int length = number.length() + rune.codePointCount(0, rune.length());
        pad.write(flags, length, false, () -> {
            number.writeTo(out);
            out.write(rune);
        });
    }
}
