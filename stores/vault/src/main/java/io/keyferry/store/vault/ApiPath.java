package io.keyferry.store.vault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths below {@code /v1/}, as the Vault Go client joins, cleans and encodes them. */
final class ApiPath {
    private static final String KEPT = "-_.~$&+,/:;=@";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private ApiPath() {}

    /**
     * Joins the parts with {@code /} and cleans the result as Go's {@code path.Join}: empty and {@code .} segments
     * vanish, {@code ..} takes back one segment. It never climbs above the start, so that no path leaves {@code /v1/}.
     * The result has no slash at either end.
     */
    static String join(String... parts) {
        Deque<String> clean = new ArrayDeque<>();
        for (String segment : String.join("/", parts).split("/", -1)) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> clean.pollLast();
                default -> clean.addLast(segment);
            }
        }
        return String.join("/", clean);
    }

    /** The path in UTF-8, percent-encoded as Go does: nothing of it can end the path or begin a query. */
    static String encode(String path) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isAlphanumeric(c) || KEPT.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 0xf]);
            }
        }
        return encoded.toString();
    }

    /** The first segment of a clean path. */
    static String firstSegment(String cleanPath) {
        int slash = cleanPath.indexOf('/');
        return slash < 0 ? cleanPath : cleanPath.substring(0, slash);
    }

    /**
     * The path with a KV 2 prefix ({@code data}, {@code metadata}) put after the mount. As in the original, a path that
     * is not written as the mount's begins below the mount.
     */
    static String below(String mount, String prefix, String path) {
        if (mount.equals(path) || mount.equals(path + "/")) {
            return join(mount, prefix);
        }
        return join(mount, prefix, path.startsWith(mount) ? path.substring(mount.length()) : path);
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
