package io.keyferry.store.vault;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.TokenBucket;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Lets writes through at a rate, in the order of their coming. */
final class WriteLimit {
    private static final double PER_SECOND = 10;
    private static final int BURST = 20;

    private final TimeSource time;
    private final RetryPause.Sleeper sleeper;
    private final VaultObserver observer;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final TokenBucket bucket;

    WriteLimit(TimeSource time, RetryPause.Sleeper sleeper, VaultObserver observer) {
        this.time = time;
        this.sleeper = sleeper;
        this.observer = observer;
        this.bucket = new TokenBucket(PER_SECOND, BURST, time.nanos());
    }

    /** Waits until the next write may be made. */
    void pass() throws InterruptedException {
        long asked = time.nanos();
        turn.lockInterruptibly();
        try {
            while (!bucket.take(time.nanos())) {
                sleeper.sleep(bucket.untilNext(time.nanos()));
            }
        } finally {
            turn.unlock();
        }
        observer.passedLimit(Duration.ofNanos(time.nanos() - asked));
    }
}
