package io.keyferry.kubernetes.api;

/** Names of objects: DNS-1123 subdomains, as the API server demands. Nothing else may become part of a request path. */
public final class ObjectNames {
    private static final int LONGEST = 253;

    private ObjectNames() {}

    public static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '.')
                && isAlphanumeric(name.charAt(0))
                && isAlphanumeric(name.charAt(name.length() - 1))
                && !name.contains("..")
                && !name.contains(".-")
                && !name.contains("-.");
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
