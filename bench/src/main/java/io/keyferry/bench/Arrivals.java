package io.keyferry.bench;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a number of distinct names and remembers when the first and the last of them came. */
final class Arrivals {
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final CountDownLatch missing;
    private volatile long first;
    private volatile long last;

    Arrivals(int expected) {
        missing = new CountDownLatch(expected);
    }

    void add(String name) {
        if (names.add(name)) {
            long now = System.nanoTime();
            if (names.size() == 1) {
                first = now;
            }
            last = now;
            missing.countDown();
        }
    }

    /** Returns when all have come, or fails. */
    void await(String what, Duration patience) throws InterruptedException {
        if (!missing.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    "%s: %d are missing after %s".formatted(what, missing.getCount(), patience));
        }
    }

    Duration firstSince(long nanos) {
        return Duration.ofNanos(first - nanos);
    }

    Duration lastSince(long nanos) {
        return Duration.ofNanos(last - nanos);
    }
}
