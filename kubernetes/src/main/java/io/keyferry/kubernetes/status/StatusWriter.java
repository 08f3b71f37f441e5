package io.keyferry.kubernetes.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.WriteGate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes status behind the Secrets: of each object the latest only, one request each. What cannot be written is tried
 * again with growing pauses, unless something newer takes its place or the object is gone.
 */
public final class StatusWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final int WRITERS = 16;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 5;

    private record Pending(Object status, int failures, long notBefore) {}

    private final ApiClient api;
    private final WriteGate gate;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Map<StatusRef, Pending> pending = new LinkedHashMap<>();
    private final Map<StatusRef, Boolean> running = new LinkedHashMap<>();
    private final Thread[] threads = new Thread[WRITERS];
    private long pausedUntil;
    private int outages;

    public StatusWriter(ApiClient api, WriteGate gate, TimeSource time) {
        this.api = api;
        this.gate = gate;
        this.time = time;
        for (int i = 0; i < WRITERS; i++) {
            threads[i] = Thread.ofVirtual().name("status-" + i).start(this::run);
        }
    }

    /** Makes {@code status}, a Jackson-writable value, the object's status some time soon. */
    public void write(StatusRef ref, Object status) {
        put(ref, new Pending(status, 0, time.nanos()), true);
    }

    /** How many objects wait for their status to be written. */
    public int backlog() {
        lock.lock();
        try {
            return pending.size() + running.size();
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

    private void put(StatusRef ref, Pending status, boolean replaces) {
        lock.lock();
        try {
            if (replaces) {
                pending.put(ref, status);
            } else {
                pending.putIfAbsent(ref, status);
            }
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                Map.Entry<StatusRef, Pending> next = next();
                try {
                    send(next.getKey(), next.getValue());
                } finally {
                    done(next.getKey());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first that is due and whose object has no status under way; waits for one. */
    private Map.Entry<StatusRef, Pending> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = time.nanos();
                if (pausedUntil - now > 0) {
                    long _ = more.awaitNanos(pausedUntil - now);
                    continue;
                }
                long soonest = Long.MAX_VALUE;
                for (Map.Entry<StatusRef, Pending> entry : pending.entrySet()) {
                    long wait = entry.getValue().notBefore() - now;
                    if (wait <= 0 && !running.containsKey(entry.getKey())) {
                        Map.Entry<StatusRef, Pending> found = Map.entry(entry.getKey(), entry.getValue());
                        pending.remove(entry.getKey());
                        running.put(entry.getKey(), true);
                        return found;
                    }
                    if (wait > 0) {
                        soonest = Math.min(soonest, wait);
                    }
                }
                if (soonest == Long.MAX_VALUE) {
                    more.await();
                } else {
                    long _ = more.awaitNanos(soonest);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void done(StatusRef ref) {
        lock.lock();
        try {
            running.remove(ref);
            if (pending.containsKey(ref)) {
                more.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void send(StatusRef ref, Pending status) throws InterruptedException {
        JsonNode tree = api.tree(status.status());
        ObjectNode patch = api.object();
        patch.putObject("metadata").put("uid", ref.uid());
        patch.set("status", tree);
        ApiException failure = patch(ref, patch);
        if (failure == null || failure.isNotFound() || failure.isConflict()) {
            outage(false);
            return;
        }
        LOG.error("failed to update resource status: {}/{}: {}", ref.namespace(), ref.name(), failure.getMessage());
        if (failure.isServersFault()) {
            outage(true);
            put(ref, new Pending(status.status(), 0, time.nanos()), false);
        } else {
            put(
                    ref,
                    new Pending(status.status(), status.failures() + 1, time.nanos() + pause(status.failures())),
                    false);
        }
    }

    /** While the API server is out of order nothing is sent, rather than each status for itself. */
    private void outage(boolean happened) {
        lock.lock();
        try {
            long now = time.nanos();
            if (!happened) {
                outages = 0;
            } else if (pausedUntil - now <= 0) {
                pausedUntil = now + pause(outages++);
            }
        } finally {
            lock.unlock();
        }
    }

    private static long pause(int failures) {
        return FIRST_PAUSE.toNanos() << Math.min(failures, MOST_DOUBLINGS);
    }

    private @Nullable ApiException patch(StatusRef ref, ObjectNode patch) throws InterruptedException {
        gate.enter(WriteGate.Lane.ABOUT);
        try {
            api.overwrite(ref.path(), patch);
            return null;
        } catch (ApiException e) {
            return e;
        } finally {
            gate.leave(WriteGate.Lane.ABOUT);
        }
    }
}
