package io.keyferry.engine.testing;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * Time that stands still until {@link #advance} moves it, and then runs what is due in order on the caller's thread.
 * Monotonic time starts below zero and crosses it, as an arbitrary origin may.
 */
public final class ManualTime implements TimeSource, Timers {
    private static final long ORIGIN = -Duration.ofSeconds(20).toNanos();

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now = ORIGIN;
    private long order;

    private record Task(long at, long order, Runnable action) {}

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now - ORIGIN);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Task task = new Task(now + Math.max(0, delay.toNanos()), order++, action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** An executor whose tasks end {@code latency} after they were handed in, all else being instant. */
    public Executor executor(Duration latency) {
        return task -> after(latency, task);
    }

    /** Lets {@code duration} pass. */
    public void advance(Duration duration) {
        long until = now + duration.toNanos();
        Task next = tasks.peek();
        while (next != null && next.at() - until <= 0) {
            tasks.remove();
            now = next.at();
            next.action().run();
            next = tasks.peek();
        }
        now = until;
    }

    /** Runs what is due already. */
    public void settle() {
        advance(Duration.ZERO);
    }

    /** How many tasks wait for their time. */
    public int pending() {
        return tasks.size();
    }
}
