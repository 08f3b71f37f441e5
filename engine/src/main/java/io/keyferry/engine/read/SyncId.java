package io.keyferry.engine.read;

import org.jspecify.annotations.Nullable;

/**
 * Which object asked for a sync.
 *
 * @param dialect the dialect's name, for example {@code vaultsecret}
 * @param kind the object's kind where a dialect has several, else empty
 * @param namespace the object's namespace
 * @param name the object's name
 * @param part which of the object's syncs this is where it has several, else empty
 */
public record SyncId(String dialect, String kind, String namespace, String name, String part) {
    /** The only sync of an object whose dialect knows one kind. */
    public SyncId(String dialect, String namespace, String name) {
        this(dialect, "", namespace, name, "");
    }

    /** An id of its own, which no object can have, so that a plan does not end the subscriptions of the object's runs. */
    public SyncId planning() {
        return new SyncId(dialect, kind, namespace, name + " (plan)", part);
    }

    /** What the compiler would generate means the same, and is many times slower where the JVM does not optimise it away. */
    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof SyncId other
                && name.equals(other.name)
                && namespace.equals(other.namespace)
                && part.equals(other.part)
                && kind.equals(other.kind)
                && dialect.equals(other.dialect);
    }

    @Override
    public int hashCode() {
        int hash = 31 * namespace.hashCode() + name.hashCode();
        hash = 31 * hash + part.hashCode();
        hash = 31 * hash + kind.hashCode();
        return 31 * hash + dialect.hashCode();
    }
}
