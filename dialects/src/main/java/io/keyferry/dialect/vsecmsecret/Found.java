package io.keyferry.dialect.vsecmsecret;

import io.keyferry.json.Json;
import java.util.Optional;

/**
 * Where a ref leads.
 *
 * @param record the raw secret it is in, if Safe told more than one
 * @param assumedName what the only raw secret is taken to be called, if that was needed
 */
record Found(Json value, Optional<RawSecret> record, Optional<String> assumedName) {
    static Found in(RawSecret secret, Json value) {
        return new Found(value, Optional.of(secret), Optional.empty());
    }

    static Found in(Json value) {
        return new Found(value, Optional.empty(), Optional.empty());
    }

    static Found assuming(String name, Json value) {
        return new Found(value, Optional.empty(), Optional.of(name));
    }

    @Override
    public String toString() {
        return "Found(masked)";
    }
}
