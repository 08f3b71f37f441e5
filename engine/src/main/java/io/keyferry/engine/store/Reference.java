package io.keyferry.engine.store;

/**
 * What to ask a store for.
 *
 * @param kind one secret, the names below a place, or whoever asks
 * @param path the secret's or the place's name as the store's users write it; empty where there is nothing to name
 */
public record Reference(Kind kind, String path) {
    /** What is asked for. */
    public enum Kind {
        SECRET,
        LISTING,
        SELF
    }

    public static Reference secret(String path) {
        return new Reference(Kind.SECRET, path);
    }

    public static Reference listing(String path) {
        return new Reference(Kind.LISTING, path);
    }

    /** As whom the store knows the one who asks. */
    public static Reference self() {
        return new Reference(Kind.SELF, "");
    }
}
