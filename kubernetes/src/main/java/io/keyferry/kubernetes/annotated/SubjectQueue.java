package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls for work on objects, one call per object at a time. What is asked for while an object is being worked on comes
 * after that, once. Before {@link #open} and after {@link #close} nothing is worked on.
 */
final class SubjectQueue implements AutoCloseable {
    private static final class Entry {
        boolean queued;
        boolean running;
        boolean again;
        Timers.@Nullable Timer timer;

        boolean isIdle() {
            return !queued && !running && timer == null;
        }
    }

    private final Executor executor;
    private final Timers timers;
    private final Consumer<SubjectRef> work;
    private final Map<SubjectRef, Entry> entries = new HashMap<>();
    private final Set<SubjectRef> early = new LinkedHashSet<>();
    private boolean open;
    private boolean closed;

    SubjectQueue(Executor executor, Timers timers, Consumer<SubjectRef> work) {
        this.executor = executor;
        this.timers = timers;
        this.work = work;
    }

    /** Begins with what was asked for until now. */
    synchronized void open() {
        if (closed) {
            return;
        }
        open = true;
        early.forEach(this::add);
        early.clear();
    }

    /** Has an object worked on as soon as possible. */
    synchronized void add(SubjectRef ref) {
        if (closed) {
            return;
        }
        if (!open) {
            early.add(ref);
            return;
        }
        Entry entry = entries.computeIfAbsent(ref, r -> new Entry());
        cancelTimer(entry);
        if (entry.running) {
            entry.again = true;
        } else if (!entry.queued) {
            entry.queued = true;
            submit(ref);
        }
    }

    /** Has an object worked on after a while, unless it is before. The last call counts. */
    synchronized void addAfter(SubjectRef ref, Duration wait) {
        if (!open) {
            return;
        }
        Entry entry = entries.computeIfAbsent(ref, r -> new Entry());
        cancelTimer(entry);
        entry.timer = timers.after(wait, () -> onTimer(ref));
    }

    private synchronized void onTimer(SubjectRef ref) {
        Entry entry = entries.get(ref);
        if (entry != null && entry.timer != null) {
            entry.timer = null;
            add(ref);
        }
    }

    private static void cancelTimer(Entry entry) {
        if (entry.timer != null) {
            entry.timer.cancel();
            entry.timer = null;
        }
    }

    private void submit(SubjectRef ref) {
        try {
            executor.execute(() -> run(ref));
        } catch (RejectedExecutionException e) {
            // Who stops takes nothing on.
            entries.remove(ref);
        }
    }

    private void run(SubjectRef ref) {
        synchronized (this) {
            Entry entry = entries.get(ref);
            if (entry == null || !open) {
                return;
            }
            entry.queued = false;
            entry.running = true;
        }
        try {
            work.accept(ref);
        } finally {
            ended(ref);
        }
    }

    private synchronized void ended(SubjectRef ref) {
        Entry entry = entries.get(ref);
        if (entry == null) {
            return;
        }
        entry.running = false;
        if (entry.again) {
            entry.again = false;
            add(ref);
        } else if (entry.isIdle()) {
            entries.remove(ref);
        }
    }

    @Override
    public synchronized void close() {
        open = false;
        closed = true;
        early.clear();
        entries.values().forEach(SubjectQueue::cancelTimer);
        entries.clear();
    }
}
