package io.keyferry.kubernetes.status;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.WriteGate;
import io.keyferry.kubernetes.status.StatusQueue.Job;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes status behind the Secrets: of each object the latest only, one request each, held back for 200 ms. While the
 * API server is out of order everything waits and nothing is lost. A status it does not take is tried 8 times, with
 * pauses that double from 0.5 s, and then dropped: the next reconcile brings another. That a kind's status may not be
 * written at all is told once.
 */
public final class StatusWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final int WRITERS = 16;
    private static final int MOST_TRIES = 8;
    private static final long FIRST_PAUSE = Duration.ofMillis(500).toNanos();

    private final StatusSender sender;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final StatusQueue queue = new StatusQueue();
    private final Outage outage = new Outage();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private final Thread[] threads = new Thread[WRITERS];

    public StatusWriter(ApiClient api, WriteGate gate, TimeSource time) {
        this(new ApiStatusSender(api, gate), time);
    }

    StatusWriter(StatusSender sender, TimeSource time) {
        this.sender = sender;
        this.time = time;
        for (int i = 0; i < WRITERS; i++) {
            threads[i] = Thread.ofVirtual().name("status-" + i).start(this::run);
        }
    }

    /** Makes {@code status}, a Jackson-writable value, the object's status some time soon. */
    public void write(StatusRef ref, Object status) {
        locked(() -> queue.add(ref, status, time.nanos()));
    }

    /** The object is gone, and nothing more is written about it but what is under way. */
    public void forget(StatusRef ref) {
        locked(() -> queue.forget(ref));
    }

    /** How many objects wait for their status to be written. */
    public int backlog() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        for (Thread thread : threads) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                send(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for one that is due. Whoever takes one has another look out for the next. */
    private Job next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = time.nanos();
                long pause = outage.remaining(now);
                Optional<Job> due = pause > 0 ? Optional.empty() : queue.take(now);
                if (due.isPresent()) {
                    more.signal();
                    return due.get();
                }
                OptionalLong wait = queue.untilDue(now);
                if (wait.isEmpty()) {
                    more.await();
                } else {
                    long _ = more.awaitNanos(Math.max(pause, wait.getAsLong()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void send(Job job) throws InterruptedException {
        try {
            sender.send(job.ref(), job.status());
            forbidden.remove(job.ref().plural());
            answered(() -> queue.finish(job));
        } catch (ApiException e) {
            failed(job, e);
        } catch (RuntimeException e) {
            log(job, e.toString());
            locked(() -> queue.finish(job));
        }
    }

    private void failed(Job job, ApiException failure) {
        if (failure.isServersFault()) {
            unavailable(job, failure);
        } else if (failure.isNotFound() || failure.isConflict()) {
            answered(() -> queue.finish(job));
        } else {
            refused(job, failure);
        }
    }

    /** Rather than each status for itself, all wait. */
    private void unavailable(Job job, ApiException failure) {
        locked(() -> {
            long now = time.nanos();
            if (outage.failed(now)) {
                LOG.error("failed to update resource status: all wait for the API server: {}", failure.getMessage());
            }
            queue.retry(job, job.failures(), now);
        });
    }

    private void refused(Job job, ApiException failure) {
        if (failure.isForbidden()) {
            tellForbidden(job.ref().plural(), failure);
        } else if (job.failures() == 0) {
            log(job, failure.getMessage());
        }
        int failures = job.failures() + 1;
        if (failures == MOST_TRIES) {
            answered(() -> queue.finish(job));
        } else {
            answered(() -> queue.retry(job, failures, time.nanos() + (FIRST_PAUSE << job.failures())));
        }
    }

    private void tellForbidden(String plural, ApiException failure) {
        if (forbidden.add(plural)) {
            LOG.warn(
                    "may not write the status of {}, and goes on without: grant patch on {}/status: {}",
                    plural,
                    plural,
                    failure.getMessage());
        }
    }

    private void answered(Runnable change) {
        locked(() -> {
            outage.answered(time.nanos());
            change.run();
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    private static void log(Job job, @Nullable String problem) {
        LOG.error(
                "failed to update resource status: {}/{}: {}",
                job.ref().namespace(),
                job.ref().name(),
                problem);
    }
}
