package io.keyferry.engine.read;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reference;
import org.jspecify.annotations.Nullable;

/** What the read plane shares reads by: who asks which store for what. */
public record ReadKey(Access access, Reference reference) {
    /** What the compiler would generate means the same, and is many times slower where the JVM does not optimise it away. */
    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof ReadKey other && reference.equals(other.reference) && access.equals(other.access);
    }

    @Override
    public int hashCode() {
        return 31 * access.hashCode() + reference.hashCode();
    }
}
