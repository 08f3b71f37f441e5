package io.keyferry.kubernetes.controller;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands on what one dialect wants to be run, where all dialects' tasks take turns, and knows how many of its own wait. What
 * has not begun when it is closed never does.
 */
final class Backlog extends AbstractExecutorService {
    private final ExecutorService target;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    Backlog(ExecutorService target) {
        this.target = target;
    }

    /** How many have not begun. */
    int size() {
        return waiting.get();
    }

    /** Begins nothing more; what has begun goes on. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void execute(Runnable task) {
        waiting.incrementAndGet();
        try {
            target.execute(() -> {
                waiting.decrementAndGet();
                if (!closed) {
                    task.run();
                } else if (task instanceof Future<?> future) {
                    boolean _ = future.cancel(false);
                }
            });
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet();
            throw e;
        }
    }

    @Override
    public void shutdown() {
        close();
        target.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        close();
        return target.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return target.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return target.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return target.awaitTermination(timeout, unit);
    }
}
