package io.keyferry.engine.time;

import java.time.Duration;

/**
 * A rate limit that saves up to a burst. A rate of 0 does not limit. Moments are monotonic nanoseconds. For one thread, or
 * guarded by its owner's lock.
 */
public final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perNano;
    private final double burst;
    private double tokens;
    private long filledAt;

    /** A bucket that is full at {@code now}. */
    public TokenBucket(double perSecond, int burst, long now) {
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = now;
    }

    /** Takes a token if there is one. */
    public boolean take(long now) {
        if (perNano == 0) {
            return true;
        }
        fill(now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** How long until {@link #take} succeeds. */
    public Duration untilNext(long now) {
        if (perNano == 0) {
            return Duration.ZERO;
        }
        fill(now);
        return tokens >= 1 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((1 - tokens) / perNano));
    }

    private void fill(long now) {
        tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
        filledAt = now;
    }
}
