package io.keyferry.engine.store;

import org.jspecify.annotations.Nullable;

/** One remote system spoken to as one identity. */
public record Access(StoreAddress store, Identity identity) {
    /** What the compiler would generate means the same, and is many times slower where the JVM does not optimise it away. */
    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Access other && identity.equals(other.identity) && store.equals(other.store);
    }

    @Override
    public int hashCode() {
        return 31 * store.hashCode() + identity.hashCode();
    }
}
