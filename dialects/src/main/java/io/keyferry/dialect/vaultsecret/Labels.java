package io.keyferry.dialect.vaultsecret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The labels of a target Secret. */
final class Labels {
    private static final int LONGEST = 63;

    private Labels() {}

    static Map<String, String> of(String owner) {
        String value = owner.length() > LONGEST ? sha1(owner) : owner;
        return Map.of("managed-by", "vault-secret-operator", "owner", value);
    }

    /** Not for security: a name that fits into a label, as the original operator makes it. */
    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
