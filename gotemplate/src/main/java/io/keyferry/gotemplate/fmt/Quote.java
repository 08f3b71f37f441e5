package io.keyferry.gotemplate.fmt;

/** Go syntax for strings and runes. */
final class Quote {
    private static final String HEX = "0123456789abcdef";

    private final Sink out;
    private final boolean asciiOnly;

    private Quote(Sink out, boolean asciiOnly) {
        this.out = out;
        this.asciiOnly = asciiOnly;
    }

    /** In double quotes. */
    static void string(byte[] bytes, boolean asciiOnly, Sink out) {
        Quote quote = new Quote(out, asciiOnly);
        out.write('"');
        int width;
        for (int i = 0; i < bytes.length; i += width) {
            int rune = Utf8.decode(bytes, i);
            width = Utf8.width(rune);
            if (rune == Utf8.INVALID) {
                quote.hex('x', bytes[i] & 0xff, 2);
            } else {
                quote.rune(rune, '"');
            }
        }
        out.write('"');
    }

    /** In single quotes. */
    static void rune(int rune, boolean asciiOnly, Sink out) {
        out.write('\'');
        new Quote(out, asciiOnly).rune(rune, '\'');
        out.write('\'');
    }

    /** Whether Go could write this between back quotes, on one line. */
    static boolean canBackquote(byte[] bytes) {
        int width;
        for (int i = 0; i < bytes.length; i += width) {
            int rune = Utf8.decode(bytes, i);
            width = Utf8.width(rune);
            if ((rune < ' ' && rune != '\t') || rune == '`' || rune == 0x7f || rune == 0xfeff) {
                return false;
            }
        }
        return true;
    }

    private void rune(int rune, char delimiter) {
        switch (rune) {
            case '\\' -> escape('\\');
            case 0x07 -> escape('a');
            case '\b' -> escape('b');
            case '\f' -> escape('f');
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            case 0x0b -> escape('v');
            default -> {
                if (rune == delimiter) {
                    escape(delimiter);
                } else if (Printable.test(rune) && (rune < 0x80 || !asciiOnly)) {
                    out.write(Character.toString(rune));
                } else if (rune < 0x80) {
                    hex('x', rune, 2);
                } else if (rune < 0x10000) {
                    hex('u', rune, 4);
                } else {
                    hex('U', rune, 8);
                }
            }
        }
    }

    private void escape(char letter) {
        out.write('\\');
        out.write(letter);
    }

    private void hex(char letter, int value, int digits) {
        escape(letter);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.write(HEX.charAt(value >> shift & 0xf));
        }
    }
}
