package io.keyferry.dialect.vaultsync;

/** Ways to write one path: on KV version 2 with {@code data/} after the mount or without, and only Vault knows where a mount ends. */
final class Spellings {
    private static final String DATA = "/data/";

    private Spellings() {}

    /** Whether the two may be one path. */
    static boolean mayBeOne(String one, String other) {
        return one.equals(other) || hasDataMore(one, other) || hasDataMore(other, one);
    }

    private static boolean hasDataMore(String longer, String shorter) {
        for (int at = longer.indexOf(DATA); at >= 0; at = longer.indexOf(DATA, at + 1)) {
            String without = longer.substring(0, at) + longer.substring(at + DATA.length() - 1);
            if (without.equals(shorter)) {
                return true;
            }
        }
        return false;
    }
}
