package io.keyferry.engine.store;

/**
 * What to ask a store for.
 *
 * @param kind one secret, what there is at a place, or somebody who reads
 * @param path the name of it as the store's users write it; empty for the place that holds everything
 */
public record Reference(Kind kind, String path) {
    /** What is asked for. */
    public enum Kind {
        SECRET,
        LISTING,
        PRINCIPAL
    }

    public static Reference secret(String path) {
        return new Reference(Kind.SECRET, path);
    }

    public static Reference listing(String path) {
        return new Reference(Kind.LISTING, path);
    }

    /** As whom the store knows what its users call {@code name}. */
    public static Reference principal(String name) {
        return new Reference(Kind.PRINCIPAL, name);
    }
}
