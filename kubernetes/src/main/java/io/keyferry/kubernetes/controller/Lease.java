package io.keyferry.kubernetes.controller;

import java.time.Duration;

/**
 * Where leader election takes place.
 *
 * @param namespace the lease's namespace
 * @param identity what this process calls itself
 */
public record Lease(String namespace, String identity) {
    // Client-go's defaults, so that old and new operators agree about when a lease is free.
    public static final Duration DURATION = Duration.ofSeconds(15);
    public static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    public static final Duration RETRY_PERIOD = Duration.ofSeconds(2);
}
