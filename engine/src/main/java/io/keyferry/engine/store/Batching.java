package io.keyferry.engine.store;

import java.time.Duration;

/**
 * How several secrets are asked for in one call. A read that may share a call waits for company: until enough have come,
 * until nobody came for {@code quiet} and nobody is about to come, or until it waited for {@code patience}.
 *
 * @param size how many secrets one call brings at most, at least 1
 */
public record Batching(int size, Duration quiet, Duration patience) {
    /** One by one, at once. */
    public static final Batching NONE = new Batching(1, Duration.ZERO, Duration.ZERO);

    public Batching {
        if (size < 1) {
            throw new IllegalArgumentException("a call brings at least one secret");
        }
    }
}
