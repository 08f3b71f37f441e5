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
    private boolean confirmed;
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

    /** Whether a probe has failed since it opened, so that it was no mere hiccup. */
    boolean isConfirmed() {
        return confirmed;
    }

    Duration remaining(long now) {
        return Duration.ofNanos(Math.max(0, openUntil - now));
    }

    /** @return whether what starts now is the probe */
    boolean started() {
        probing = tripped;
        return probing;
    }

    /** @return whether this closed the breaker */
    boolean succeeded() {
        boolean closes = tripped;
        tripped = false;
        probing = false;
        confirmed = false;
        failures = 0;
        return closes;
    }

    /** @param probe whether it was the probe that failed; what began before the breaker opened tells nothing new */
    void failed(boolean probe, long now) {
        failures++;
        if (tripped) {
            if (probe) {
                probing = false;
                confirmed = true;
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
