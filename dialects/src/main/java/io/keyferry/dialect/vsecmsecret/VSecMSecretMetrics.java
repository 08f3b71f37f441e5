package io.keyferry.dialect.vsecmsecret;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is measured of refreshes. */
public interface VSecMSecretMetrics {
    /**
     * An object was looked at.
     *
     * @param reason the reason of its condition {@code Ready}
     */
    void refreshed(boolean success, String reason, Duration took);

    /**
     * How an object stands.
     *
     * @param lastSuccess empty if there was none since the start
     * @param interval how often it is looked at; empty for never
     */
    void stands(String namespace, String name, Optional<Instant> lastSuccess, Optional<Duration> interval);

    /** An object is gone, and with it what was told of it. */
    void forget(String namespace, String name);
}
