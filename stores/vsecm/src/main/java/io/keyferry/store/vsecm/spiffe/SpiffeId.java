package io.keyferry.store.vsecm.spiffe;

import java.nio.charset.StandardCharsets;

/**
 * A SPIFFE ID, {@code spiffe://trust-domain/path}, after the rules of the SPIFFE-ID standard: at most 2048 bytes; a trust
 * domain of {@code [a-z0-9._-]}, at most 255 bytes; path segments of {@code [A-Za-z0-9._-]}, none of them empty, {@code .} or
 * {@code ..}, and no slash at the end.
 *
 * @param trustDomain for example {@code vsecm.com}
 * @param path with its leading slash; empty for the trust domain itself
 */
public record SpiffeId(String trustDomain, String path) {
    static final int MAX_BYTES = 2048;
    private static final int MAX_TRUST_DOMAIN_BYTES = 255;
    private static final String SCHEME = "spiffe://";

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if a rule is broken; says which
     */
    public SpiffeId {
        checkTrustDomain(trustDomain);
        checkPath(path);
        if (SCHEME.length() + trustDomain.length() + path.length() > MAX_BYTES) {
            throw new IllegalArgumentException("a SPIFFE ID is longer than 2048 bytes");
        }
    }

    /**
     * Reads an ID.
     *
     * @throws IllegalArgumentException if a rule is broken; says which
     */
    public static SpiffeId parse(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("a SPIFFE ID is longer than 2048 bytes");
        }
        if (!text.startsWith(SCHEME)) {
            throw new IllegalArgumentException("a SPIFFE ID does not begin with spiffe://");
        }
        int slash = text.indexOf('/', SCHEME.length());
        return slash < 0
                ? new SpiffeId(text.substring(SCHEME.length()), "")
                : new SpiffeId(text.substring(SCHEME.length(), slash), text.substring(slash));
    }

    /**
     * Checks the name of a trust domain.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static void checkTrustDomain(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a trust domain is empty");
        }
        if (name.length() > MAX_TRUST_DOMAIN_BYTES) {
            throw new IllegalArgumentException("a trust domain is longer than 255 bytes");
        }
        if (!name.chars().allMatch(c -> isLower(c) || isDigit(c) || isMark(c))) {
            throw new IllegalArgumentException("a trust domain has characters other than [a-z0-9._-]");
        }
    }

    private static void checkPath(String path) {
        if (path.isEmpty()) {
            return;
        }
        if (path.charAt(0) != '/') {
            throw new IllegalArgumentException("the path of a SPIFFE ID does not begin with a slash");
        }
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.isEmpty()) {
                throw new IllegalArgumentException("the path of a SPIFFE ID has an empty segment or ends with a slash");
            }
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("the path of a SPIFFE ID has a segment of dots");
            }
            if (!segment.chars().allMatch(c -> isLower(c) || isUpper(c) || isDigit(c) || isMark(c))) {
                throw new IllegalArgumentException("the path of a SPIFFE ID has characters other than [A-Za-z0-9._-]");
            }
        }
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isMark(int c) {
        return c == '.' || c == '_' || c == '-';
    }

    /** Whether it is the trust domain itself, which no workload may be. */
    public boolean isTrustDomain() {
        return path.isEmpty();
    }

    @Override
    public String toString() {
        return SCHEME + trustDomain + path;
    }
}
