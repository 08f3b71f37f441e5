package io.keyferry.kubernetes.event;

import io.keyferry.engine.time.TimeSource;

/** How many events may be written: a burst, then so many per second. For one thread. */
final class EventBudget {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double burst;
    private final double perSecond;
    private final TimeSource time;
    private double left;
    private long filledAt;

    EventBudget(double burst, double perSecond, TimeSource time) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.time = time;
        this.left = burst;
        this.filledAt = time.nanos();
    }

    boolean take() {
        long now = time.nanos();
        left = Math.min(burst, left + (now - filledAt) / NANOS_PER_SECOND * perSecond);
        filledAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
