package io.keyferry.engine.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes fingerprints with HMAC-SHA-256 under a key that lives as long as this object. Safe for use by many threads.
 */
public final class Fingerprinter {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    private Fingerprinter(byte[] key) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** A fingerprinter with a fresh random key. */
    public static Fingerprinter random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new Fingerprinter(key);
    }

    public Fingerprint of(SecretValue value) {
        return of(value.raw());
    }

    public Fingerprint of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public Fingerprint of(byte[] bytes) {
        ByteBuffer hash = ByteBuffer.wrap(mac().doFinal(bytes));
        return new Fingerprint(hash.getLong(), hash.getLong());
    }

    private Mac mac() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's HMAC can be cloned", e);
        }
    }
}
