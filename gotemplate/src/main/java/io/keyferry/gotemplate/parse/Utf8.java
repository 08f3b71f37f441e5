package io.keyferry.gotemplate.parse;

/** Lengths as Go counts them. */
final class Utf8 {
    private Utf8() {}

    static int length(String text) {
        return length(text, 0, text.length());
    }

    /** The number of bytes of a part of a well-formed text. */
    static int length(String text, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                // Each half of a pair counts for two of its four bytes.
                bytes += 2;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
