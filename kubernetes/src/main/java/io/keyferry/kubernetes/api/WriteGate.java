package io.keyferry.kubernetes.api;

import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Bounds the writes to the API server that are under way at once. Secrets go before everything else: while any of them
 * waits or is about to be made, what is written about them trickles.
 */
public final class WriteGate {
    /** Which writes go first. */
    public enum Lane {
        /** Secrets. */
        SECRET,
        /** Status and events. */
        ABOUT
    }

    /** What lies between two writes about Secrets while Secrets are written: a status costs the API server more than a Secret. */
    static final Duration TRICKLE = Duration.ofMillis(200);

    private final int limit;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition secretTurn = lock.newCondition();
    private final Condition aboutTurn = lock.newCondition();
    private volatile BooleanSupplier moreToCome = () -> false;
    private int running;
    private int waitingSecrets;
    private long aboutNotBefore;

    public WriteGate(int limit, TimeSource time) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one write must be possible");
        }
        this.limit = limit;
        this.time = time;
        this.aboutNotBefore = time.nanos();
    }

    /** @param source says whether Secrets are about to be written that do not wait here yet */
    public void announce(BooleanSupplier source) {
        moreToCome = source;
    }

    /** Lets the caller through when it is its turn. To be paired with {@link #leave}. */
    public void enter(Lane lane) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (lane == Lane.SECRET) {
                waitingSecrets++;
                try {
                    while (running >= limit) {
                        secretTurn.await();
                    }
                } finally {
                    waitingSecrets--;
                }
            } else {
                while (running >= limit || trickle() > 0) {
                    if (running >= limit) {
                        aboutTurn.await();
                    } else {
                        long _ = aboutTurn.awaitNanos(trickle());
                    }
                }
                aboutNotBefore = time.nanos() + TRICKLE.toNanos();
            }
            running++;
        } finally {
            lock.unlock();
        }
    }

    public void leave(Lane lane) {
        lock.lock();
        try {
            running--;
            if (waitingSecrets > 0) {
                secretTurn.signal();
            } else {
                aboutTurn.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells those who wait that less is to come than before. */
    public void quietened() {
        lock.lock();
        try {
            aboutTurn.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How long something about Secrets has to wait for their sake; not above zero if it need not. */
    private long trickle() {
        return waitingSecrets > 0 || moreToCome.getAsBoolean() ? aboutNotBefore - time.nanos() : 0;
    }
}
