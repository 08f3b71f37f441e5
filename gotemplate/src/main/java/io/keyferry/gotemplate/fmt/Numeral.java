package io.keyferry.gotemplate.fmt;

/** A number as text, with a run of zeros in it that may be long: {@code before}, the zeros, {@code after}; all ASCII. */
record Numeral(String before, int zeros, String after) {
    Numeral(String text) {
        this(text, 0, "");
    }

    int length() {
        return before.length() + zeros + after.length();
    }

    /** Without the first character of {@code before}, which must not be empty. */
    Numeral withoutSign() {
        return new Numeral(before.substring(1), zeros, after);
    }

    void writeTo(Sink out) {
        out.write(before);
        out.repeat('0', zeros);
        out.write(after);
    }
}
