package io.keyferry.dialect.vsecmsecret;

import io.keyferry.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One of several raw secrets, as the Scout identity is told of them.
 *
 * @param name without {@code raw:}
 * @param namespaces where it may be used, which is nowhere if Safe does not say
 * @param notBefore from when on it is valid, if Safe says so
 * @param expiresAfter until when it is valid, if Safe says so
 */
record RawSecret(
        String name, Json value, List<String> namespaces, Optional<Instant> notBefore, Optional<Instant> expiresAfter) {
    @Override
    public String toString() {
        return "RawSecret(" + name + ", masked)";
    }
}
