package io.keyferry.kubernetes.lease;

import java.time.Duration;

/**
 * Where leader election takes place, and as whom.
 *
 * @param namespace the lease's namespace
 * @param identity what this process calls itself
 */
public record Election(String namespace, String identity) {
    // Client-go's defaults, so that old and new operators agree about when a lease is free.
    public static final Duration DURATION = Duration.ofSeconds(15);
    public static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    /** What to tell the client library, which waits for 1 to 2.2 times that, so that nobody waits for longer than {@link #RETRY_PERIOD}. */
    static final Duration SHORTEST_RETRY = RETRY_PERIOD.multipliedBy(10).dividedBy(22);
}
