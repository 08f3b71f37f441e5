package io.keyferry.dialect.vsecmsecret;

import io.keyferry.json.Json;
import java.util.Optional;

/**
 * Where a ref leads.
 *
 * @param assumedName what the only raw secret is taken to be called, if that was needed
 */
record Found(Json value, Optional<String> assumedName) {
    static Found in(Json value) {
        return new Found(value, Optional.empty());
    }

    static Found assuming(String name, Json value) {
        return new Found(value, Optional.of(name));
    }

    @Override
    public String toString() {
        return "Found(masked)";
    }
}
