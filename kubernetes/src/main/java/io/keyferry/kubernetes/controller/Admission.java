package io.keyferry.kubernetes.controller;

import io.keyferry.engine.read.Blocking;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs reconciles on virtual threads, so many at once and no more. One that waits for a remote read does not count
 * meanwhile, so that a store that hangs holds up nobody but those who need it. A task that waits for its turn is no
 * thread yet and costs next to nothing.
 */
public final class Admission extends AbstractExecutorService implements Blocking {
    private final int limit;
    private final Runnable onIdle;
    private final ThreadFactory threads =
            Thread.ofVirtual().name("reconcile-", 0).factory();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turn = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private int running;
    private int returning;
    private int alive;
    private boolean shutdown;
    private boolean interrupted;

    /**
     * @param limit how many run at once, at least 1
     * @param onIdle is told when the last one has ended
     */
    public Admission(int limit, Runnable onIdle) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one reconcile must be possible");
        }
        this.limit = limit;
        this.onIdle = onIdle;
    }

    /** Whether reconciles run or wait for their turn. */
    public boolean isBusy() {
        lock.lock();
        try {
            return running > 0 || !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for their turn. */
    int backlog() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many have what they waited for, and wait for room. */
    int returning() {
        lock.lock();
        try {
            return returning;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException("shut down");
            }
            queue.add(task);
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
        stepOut();
        try {
            return future.get();
        } finally {
            stepIn();
        }
    }

    private void dispatch() {
        while (running + returning < limit && !queue.isEmpty()) {
            Runnable task = queue.remove();
            running++;
            alive++;
            threads.newThread(() -> run(task)).start();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            boolean idle;
            lock.lock();
            try {
                running--;
                alive--;
                if (returning > 0) {
                    turn.signal();
                }
                dispatch();
                idle = running == 0 && queue.isEmpty();
                if (alive == 0) {
                    ended.signalAll();
                }
            } finally {
                lock.unlock();
            }
            if (idle) {
                onIdle.run();
            }
        }
    }

    private void stepOut() {
        lock.lock();
        try {
            running--;
            if (returning > 0) {
                turn.signal();
            }
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /** Those who come back go before those who have not begun. */
    private void stepIn() {
        lock.lock();
        try {
            returning++;
            try {
                while (running >= limit && !interrupted) {
                    turn.awaitUninterruptibly();
                }
            } finally {
                returning--;
                running++;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdown() {
        lock.lock();
        try {
            shutdown = true;
            queue.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        lock.lock();
        try {
            List<Runnable> waiting = List.copyOf(queue);
            shutdown = true;
            interrupted = true;
            queue.clear();
            turn.signalAll();
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isShutdown() {
        lock.lock();
        try {
            return shutdown;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isTerminated() {
        lock.lock();
        try {
            return shutdown && alive == 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (!(shutdown && alive == 0)) {
                if (left <= 0) {
                    return false;
                }
                left = ended.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
