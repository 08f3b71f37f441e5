package io.keyferry.kubernetes.controller;

import io.keyferry.engine.read.SyncId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** How long to wait before an object that failed is tried again: growing, jittered, never longer than its period. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 10;

    private final Map<SyncId, Integer> failures = new ConcurrentHashMap<>();
    private final RandomGenerator random;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    public Duration next(SyncId id, Optional<Duration> period) {
        int failure = failures.merge(id, 1, Integer::sum) - 1;
        Duration pause = FIRST.multipliedBy(1L << Math.min(failure, MOST_DOUBLINGS));
        Duration longest = period.filter(p -> p.compareTo(LONGEST) < 0).orElse(LONGEST);
        Duration capped = pause.compareTo(longest) < 0 ? pause : longest;
        return Duration.ofNanos((long) (capped.toNanos() * (0.8 + 0.2 * random.nextDouble())));
    }

    public void reset(SyncId id) {
        failures.remove(id);
    }
}
