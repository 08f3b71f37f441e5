package io.keyferry.kubernetes.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands on what one dialect wants to be run, where all dialects' tasks take turns, and knows how many of its own wait. It
 * keeps them all until it is opened, and forgets those that have not begun when it is closed.
 */
final class Backlog extends AbstractExecutorService {
    private enum State {
        NOT_OPEN,
        OPEN,
        CLOSED
    }

    private final ExecutorService target;
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Runnable> kept = new ArrayList<>();
    private volatile State state = State.NOT_OPEN;

    Backlog(ExecutorService target) {
        this.target = target;
    }

    /** How many have not begun, though they may. */
    int size() {
        return waiting.get();
    }

    /** Begins to hand on, what there is already and what comes. */
    synchronized void open() {
        if (state == State.NOT_OPEN) {
            state = State.OPEN;
            kept.forEach(this::handOn);
            kept.clear();
        }
    }

    /** Begins nothing more; what has begun goes on. */
    @Override
    public synchronized void close() {
        state = State.CLOSED;
        kept.clear();
    }

    @Override
    public void execute(Runnable task) {
        if (state == State.NOT_OPEN && isKept(task)) {
            return;
        }
        handOn(task);
    }

    private synchronized boolean isKept(Runnable task) {
        return state == State.NOT_OPEN && kept.add(task);
    }

    private void handOn(Runnable task) {
        waiting.incrementAndGet();
        try {
            target.execute(() -> {
                waiting.decrementAndGet();
                if (state == State.OPEN) {
                    task.run();
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
