package io.keyferry.engine.read;

import java.time.Duration;

/**
 * What one store is asked to bear.
 *
 * @param concurrency reads under way at once, at least 1
 * @param concurrencyPerAccess how many of them as one identity, at least 1
 * @param readsPerSecond reads started per second in the long run; 0 for no limit
 * @param burst reads that may start at once after a rest, where {@code readsPerSecond} limits
 * @param breakerThreshold failures of kind unavailable in a row after which the store is left alone
 * @param breakerFirstPause how long it is left alone at first; doubles with each failed probe
 * @param breakerLongestPause how long it is left alone at most
 * @param longestRetryAfter how much of a store's own Retry-After is honoured
 */
public record StoreLimits(
        int concurrency,
        int concurrencyPerAccess,
        double readsPerSecond,
        int burst,
        int breakerThreshold,
        Duration breakerFirstPause,
        Duration breakerLongestPause,
        Duration longestRetryAfter) {

    public StoreLimits {
        if (concurrency < 1 || concurrencyPerAccess < 1 || readsPerSecond < 0 || burst < 1 || breakerThreshold < 1) {
            throw new IllegalArgumentException("store limits must leave something to do");
        }
    }

    /** How much of what a store asked for in its Retry-After is granted. */
    Duration granted(Duration asked) {
        return asked.compareTo(longestRetryAfter) > 0 ? longestRetryAfter : asked;
    }

    /**
     * 64 reads at once, 16 of them as one identity, no rate limit; after 5 failures in a row pauses from half a second
     * to 10 seconds.
     */
    public static StoreLimits defaults() {
        return new StoreLimits(64, 16, 0, 32, 5, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofMinutes(5));
    }
}
