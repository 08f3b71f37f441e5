package io.keyferry.engine.store;

import org.jspecify.annotations.Nullable;

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

    /** What the compiler would generate means the same, and is many times slower where the JVM does not optimise it away. */
    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Reference other && kind == other.kind && path.equals(other.path);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + kind.hashCode();
    }
}
