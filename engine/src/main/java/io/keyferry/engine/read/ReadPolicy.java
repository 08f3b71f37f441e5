package io.keyferry.engine.read;

import java.time.Duration;

/**
 * How the read plane paces itself.
 *
 * @param coalesce how long after the start of a read of a key the next one of the same key starts at the earliest
 * @param firstRetry how long after a failure a key is tried again; doubles from one failure to the next
 * @param longestRetry the longest wait between tries; a key that is polled more often than that is tried as often as it
 *     is polled
 * @param cachedBytes how many bytes of values are kept for objects that ask later
 */
public record ReadPolicy(Duration coalesce, Duration firstRetry, Duration longestRetry, long cachedBytes) {
    /** 250 ms, 500 ms, one minute, 16 MiB. */
    public static ReadPolicy defaults() {
        return new ReadPolicy(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMinutes(1), 16L << 20);
    }
}
