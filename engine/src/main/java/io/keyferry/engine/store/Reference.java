package io.keyferry.engine.store;

/**
 * What to ask a store for.
 *
 * @param kind one secret, or the names below a place
 * @param path the secret's or the place's name as the store's users write it
 */
public record Reference(Kind kind, String path) {
    /** What is asked for. */
    public enum Kind {
        SECRET,
        LISTING
    }

    public static Reference secret(String path) {
        return new Reference(Kind.SECRET, path);
    }

    public static Reference listing(String path) {
        return new Reference(Kind.LISTING, path);
    }
}
