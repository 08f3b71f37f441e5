package io.keyferry.engine.store;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which remote system. Two equal addresses share one budget.
 *
 * @param kind the kind of store, for example {@code vault}; selects the {@link SecretStore} and labels metrics
 * @param endpoint the URL or region, as the store writes it; empty for the only one of its kind
 * @param options what else tells two systems apart, for example a Vault namespace
 */
public record StoreAddress(String kind, String endpoint, Map<String, String> options) {
    public StoreAddress {
        options = Map.copyOf(new TreeMap<>(options));
    }

    public StoreAddress(String kind, String endpoint) {
        this(kind, endpoint, Map.of());
    }

    /** What the compiler would generate means the same, and is many times slower where the JVM does not optimise it away. */
    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof StoreAddress other
                && endpoint.equals(other.endpoint)
                && kind.equals(other.kind)
                && options.equals(other.options);
    }

    @Override
    public int hashCode() {
        int hash = 31 * endpoint.hashCode() + kind.hashCode();
        return 31 * hash + options.hashCode();
    }
}
