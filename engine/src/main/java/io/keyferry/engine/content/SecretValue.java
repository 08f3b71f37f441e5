package io.keyferry.engine.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a secret. Prints nothing of them, compares in constant time and can be wiped.
 *
 * <p>The value owns its array: what comes in and what goes out is copied.
 */
public final class SecretValue {
    private static final SecretValue EMPTY = new SecretValue(new byte[0]);

    private final byte[] bytes;

    private SecretValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A value holding a copy of {@code bytes}. */
    public static SecretValue of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new SecretValue(bytes.clone());
    }

    /** A value holding the UTF-8 form of {@code text}. */
    public static SecretValue utf8(String text) {
        return text.isEmpty() ? EMPTY : new SecretValue(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes read as UTF-8; malformed input becomes U+FFFD. */
    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public int length() {
        return bytes.length;
    }

    /** The array itself, for hashing without a copy. */
    byte[] raw() {
        return bytes;
    }

    /** Overwrites the bytes with zeros. The value must not be used afterwards. */
    public void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretValue that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SecretValue(masked)";
    }
}
