package io.keyferry.store.vsecm.testing;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Time that stands still until it is moved, for any number of threads. What is due runs on the thread that moves it. */
public final class ManualTime implements TimeSource, Timers {
    private final Instant origin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now;
    private long order;

    private record Task(long at, long order, Runnable action) {}

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized Instant now() {
        return origin.plusNanos(now);
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        Task task = new Task(now + Math.max(0, delay.toNanos()), order++, action);
        tasks.add(task);
        return () -> {
            synchronized (this) {
                tasks.remove(task);
            }
        };
    }

    /** Lets {@code duration} pass. */
    public void pass(Duration duration) {
        long until = nanos() + duration.toNanos();
        for (Optional<Task> due = next(until); due.isPresent(); due = next(until)) {
            due.get().action().run();
        }
        synchronized (this) {
            now = until;
        }
    }

    private synchronized Optional<Task> next(long until) {
        Task first = tasks.peek();
        if (first == null || first.at() > until) {
            return Optional.empty();
        }
        tasks.remove();
        now = Math.max(now, first.at());
        return Optional.of(first);
    }

    /** How many tasks wait for their time. */
    public synchronized int pending() {
        return tasks.size();
    }
}
