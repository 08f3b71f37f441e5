package io.keyferry.gotemplate.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A string, which in Go is bytes: mostly UTF-8, but not of need. Ordered by unsigned bytes. */
public final class StringValue implements Value, Comparable<StringValue> {
    public static final StringValue EMPTY = new StringValue(new byte[0]);

    private final byte[] bytes;

    private StringValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The text as UTF-8; a surrogate without its partner becomes U+FFFD, as JSON decoding in Go has it. */
    public static StringValue of(String text) {
        return new StringValue(hasLoneSurrogate(text) ? mended(text) : text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of {@code bytes}. */
    public static StringValue of(byte[] bytes) {
        return new StringValue(bytes.clone());
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** From 0 to 255. */
    public int byteAt(int index) {
        return bytes[index] & 0xff;
    }

    /** The bytes from {@code from} up to but without {@code to}. */
    public StringValue slice(int from, int to) {
        if (from == 0 && to == bytes.length) {
            return this;
        }
        return new StringValue(Arrays.copyOfRange(bytes, from, to));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The text, with U+FFFD for what is not UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Copies all bytes to {@code target}, the first one to position {@code at}. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }

    @Override
    public Type type() {
        return Type.Basic.STRING;
    }

    @Override
    public int compareTo(StringValue other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StringValue string && Arrays.equals(bytes, string.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "string";
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!isPair(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static byte[] mended(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                mended.append(c);
            } else if (isPair(text, i)) {
                mended.append(c).append(text.charAt(++i));
            } else {
                mended.append('\ufffd');
            }
        }
        return mended.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isPair(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }
}
