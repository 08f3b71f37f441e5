package io.keyferry.gotemplate.fmt;

/** Writes to the width that flags ask for. Widths count runes. */
final class Pad {
    private final Sink out;

    Pad(Sink out) {
        this.out = out;
    }

    void text(String text, Flags flags) {
        write(flags, text.codePointCount(0, text.length()), flags.padsWithZeros(), () -> out.write(text));
    }

    void bytes(byte[] text, Flags flags) {
        int runes = flags.width > 0 ? Utf8.countRunes(text) : 0;
        write(flags, runes, flags.padsWithZeros(), () -> out.write(text));
    }

    void number(Numeral number, Flags flags, boolean zeros) {
        write(flags, number.length(), zeros, () -> number.writeTo(out));
    }

    void write(Flags flags, int length, boolean zeros, Runnable content) {
        int missing = flags.width - length;
        if (!flags.minus) {
            out.repeat(zeros ? '0' : ' ', missing);
        }
        content.run();
        if (flags.minus) {
            out.repeat(' ', missing);
        }
    }
}
