package io.keyferry.engine.read;

import io.keyferry.engine.store.StoreFailure;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** When a key is read again: polls, and tries after failures. All times are monotonic nanoseconds. */
final class Pacing {
    /** What is polled more seldom than this, or never, is tried this often while it fails. */
    private static final Duration LONGEST_PATIENCE = Duration.ofHours(1);

    private static final Duration LONGEST_PERIOD = Duration.ofDays(10_000);

    private final ReadPolicy policy;
    private final StoreLimits limits;
    private final RandomGenerator random;

    Pacing(ReadPolicy policy, StoreLimits limits, RandomGenerator random) {
        this.policy = policy;
        this.limits = limits;
        this.random = random;
    }

    /** Nanoseconds between polls: no more often than a key is read at all, and short enough to count with. */
    long period(Duration refresh) {
        return refresh.compareTo(LONGEST_PERIOD) > 0
                ? LONGEST_PERIOD.toNanos()
                : Math.max(1, Math.max(refresh.toNanos(), policy.coalesce().toNanos()));
    }

    /** How long a read must wait after the one before it. */
    long untilReadable(KeyState state, long now) {
        return state.wasTried() ? state.triedAt() + policy.coalesce().toNanos() - now : 0;
    }

    /**
     * Polls lie on a grid of one period's width. Where the grid starts depends on the key alone, between half a period
     * and a period after its first read, so that keys that were first read together are not polled together. A read
     * that started when a poll was due has served it.
     */
    long nextPoll(KeyState state, long now) {
        long period = state.period();
        if (state.due == KeyState.NEVER) {
            long origin = state.wasRead() ? state.readAt() : now;
            return origin + (long) (period * (0.5 + 0.5 * Fingerprints.spread(state.key)));
        }
        if (state.readAt() - state.due >= 0) {
            state.due += ((state.readAt() - state.due) / period + 1) * period;
        }
        return state.due - now > period ? now + period : state.due;
    }

    /** The poll after the one that is due now. */
    long pollAfter(KeyState state, long now) {
        long period = state.period();
        long missed = Math.max(0, (now - state.due) / period);
        return state.due + (missed + 1) * period;
    }

    /**
     * Doubles with each failure in a row up to the longest wait, or to the key's period where that is shorter. One whose
     * tries cost is tried no more often in the long run than it is polled.
     */
    long retryPause(KeyState state, StoreFailure failure) {
        long longest = state.isPatient()
                ? Math.max(policy.longestRetry().toNanos(), Math.min(state.period(), LONGEST_PATIENCE.toNanos()))
                : Math.min(policy.longestRetry().toNanos(), state.period());
        int doublings = Math.min(state.failures() - 1, 20);
        long pause = Math.min(policy.firstRetry().toNanos() << doublings, longest);
        long jittered = (long) (pause * (0.8 + 0.2 * random.nextDouble()));
        return Math.max(
                jittered,
                limits.granted(failure.retryAfter().orElse(Duration.ZERO)).toNanos());
    }
}
