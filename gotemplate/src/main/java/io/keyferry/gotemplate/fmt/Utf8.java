package io.keyferry.gotemplate.fmt;

/** UTF-8 as Go decodes it: a byte that begins no shortest encoding of a rune stands for itself alone. */
public final class Utf8 {
    static final int MAX_RUNE = Character.MAX_CODE_POINT;
    static final int REPLACEMENT = 0xfffd;

    /** What {@link #decode} gives for a byte that is not UTF-8. */
    public static final int INVALID = -1;

    private Utf8() {}

    /** The rune at {@code at}, or {@link #INVALID}. */
    public static int decode(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return INVALID;
        }
        int rune = first & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            int next = bytes[at + i] & 0xff;
            if ((next & 0xc0) != 0x80) {
                return INVALID;
            }
            rune = rune << 6 | (next & 0x3f);
        }
        return isValid(rune) && width(rune) == length ? rune : INVALID;
    }

    /** The number of bytes of what {@link #decode} gave. */
    public static int width(int rune) {
        if (rune < 0x80) {
            return 1;
        }
        return rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    }

    static boolean isValid(int rune) {
        return rune >= 0 && rune <= MAX_RUNE && (rune < Character.MIN_SURROGATE || rune > Character.MAX_SURROGATE);
    }

    static int countRunes(byte[] bytes) {
        int count = 0;
        for (int i = 0; i < bytes.length; i += width(decode(bytes, i))) {
            count++;
        }
        return count;
    }

    /** The number of bytes of the first {@code runes} runes. */
    static int prefix(byte[] bytes, int runes) {
        int end = 0;
        for (int left = runes; left > 0 && end < bytes.length; left--) {
            end += width(decode(bytes, end));
        }
        return end;
    }

    /** What {@link #decode} gave, as text. */
    static String toString(int rune) {
        return Character.toString(rune == INVALID ? REPLACEMENT : rune);
    }
}
