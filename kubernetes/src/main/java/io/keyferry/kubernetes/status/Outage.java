package io.keyferry.kubernetes.status;

import java.time.Duration;

/**
 * The pause all statuses share while the API server is out of order: 0.5 s first, doubling up to 16 s. Times are those of
 * {@link io.keyferry.engine.time.TimeSource#nanos}. Not thread-safe.
 */
final class Outage {
    private static final long FIRST_PAUSE = Duration.ofMillis(500).toNanos();
    private static final int MOST_DOUBLINGS = 5;

    private int pauses;
    private long pausedUntil;

    /**
     * A request failed that any other would have failed in the place of.
     *
     * @return whether an outage begins with it
     */
    boolean failed(long now) {
        if (remaining(now) > 0) {
            return false;
        }
        pausedUntil = now + (FIRST_PAUSE << Math.min(pauses, MOST_DOUBLINGS));
        return pauses++ == 0;
    }

    /** The API server answered. What comes in during a pause was sent before it, and does not end it. */
    void answered(long now) {
        if (remaining(now) <= 0) {
            pauses = 0;
        }
    }

    /** Nanoseconds until something may be sent; not above zero if it may be now. */
    long remaining(long now) {
        return pauses == 0 ? 0 : pausedUntil - now;
    }
}
