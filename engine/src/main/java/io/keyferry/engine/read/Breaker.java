package io.keyferry.engine.read;

import java.time.Duration;

/**
 * A circuit breaker: after some failures in a row it opens for a while, then lets one probe through; the probe's success
 * closes it, its failure opens it for twice as long.
 */
final class Breaker {
    private final int threshold;
    private final long firstPause;
    private final long longestPause;
    private int failures;
    private boolean tripped;
    private boolean probing;
    private long pause;
    private long openUntil;

    Breaker(int threshold, long firstPause, long longestPause) {
        this.threshold = threshold;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    /** Whether nothing may pass at all. */
    boolean isOpen(long now) {
        return tripped && !probing && openUntil - now > 0;
    }

    /** Whether one attempt more may start. */
    boolean admits(long now) {
        return !tripped || awaitsProbe(now);
    }

    /** Whether the pause is over and nobody has tried yet. */
    boolean awaitsProbe(long now) {
        return tripped && !probing && openUntil - now <= 0;
    }

    boolean isTripped() {
        return tripped;
    }

    Duration remaining(long now) {
        return Duration.ofNanos(Math.max(0, openUntil - now));
    }

    void started() {
        probing = tripped;
    }

    /** @return whether this closed the breaker */
    boolean succeeded() {
        boolean closes = tripped;
        tripped = false;
        probing = false;
        failures = 0;
        return closes;
    }

    void failed(long now) {
        failures++;
        if (tripped) {
            if (probing) {
                probing = false;
                pause = Math.min(pause * 2, longestPause);
                openUntil = now + pause;
            }
        } else if (failures >= threshold) {
            tripped = true;
            pause = firstPause;
            openUntil = now + pause;
        }
    }
}
