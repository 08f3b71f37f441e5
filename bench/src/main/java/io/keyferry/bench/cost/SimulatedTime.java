package io.keyferry.bench.cost;

import io.keyferry.engine.read.Blocking;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only while nobody works: it jumps from one task to the next as soon as all activities have ended or
 * wait for a read.
 */
final class SimulatedTime implements TimeSource, Timers, Blocking {
    private record Task(long at, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now;
    private long order;
    private int busy;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanos());
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        Task task = new Task(now + Math.max(0, delay.toNanos()), order++, action);
        tasks.add(task);
        return () -> cancel(task);
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    /** Runs an activity, which may wait for reads, beside others. */
    void start(Runnable activity) {
        work(1);
        Thread.ofVirtual().start(() -> {
            try {
                activity.run();
            } finally {
                work(-1);
            }
        });
    }

    private synchronized void work(int more) {
        busy += more;
        if (busy == 0) {
            notifyAll();
        }
    }

    /** Whoever ends the read makes the waiting one busy again, so that no time passes in between. */
    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
        CompletableFuture<T> ended = future.whenComplete((value, failure) -> work(1));
        work(-1);
        return ended.get();
    }

    /** Lets {@code duration} pass. */
    void advance(Duration duration) throws InterruptedException {
        long until = nanos() + duration.toNanos();
        for (Task task = next(until); task != null; task = next(until)) {
            task.action().run();
        }
    }

    /** The next task that is due by then; null if there is none, and then it is then. */
    private synchronized @Nullable Task next(long until) throws InterruptedException {
        while (busy > 0) {
            wait();
        }
        Task task = tasks.peek();
        if (task == null || task.at() > until) {
            now = until;
            return null;
        }
        tasks.remove(task);
        now = Math.max(now, task.at());
        return task;
    }
}
