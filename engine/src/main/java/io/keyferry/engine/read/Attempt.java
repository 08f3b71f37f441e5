package io.keyferry.engine.read;

import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** One read of a key, wanted or under way, and who waits for it. Guarded by the read plane's lock. */
final class Attempt {
    private record Waiter(SyncId id, CompletableFuture<Answer> answer) {}

    final KeyState key;
    final long wantedAt;
    private final List<Waiter> waiters = new ArrayList<>(1);
    private Priority priority;
    private boolean delayed;
    private boolean queued;
    private long queuedAt;
    long startedAt;

    Attempt(KeyState key, Priority priority, long wantedAt) {
        this.key = key;
        this.priority = priority;
        this.wantedAt = wantedAt;
    }

    Access access() {
        return key.key.access();
    }

    Priority priority() {
        return priority;
    }

    void raise(Priority wanted) {
        if (wanted == Priority.INTERACTIVE) {
            priority = Priority.INTERACTIVE;
        }
    }

    /** @return whether this is the first time that the attempt is put off */
    boolean delay() {
        boolean first = !delayed;
        delayed = true;
        return first;
    }

    boolean isQueued() {
        return queued;
    }

    void setQueued(long now) {
        queued = true;
        queuedAt = now;
    }

    long queuedAt() {
        return queuedAt;
    }

    CompletableFuture<Answer> join(SyncId id) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiters.add(new Waiter(id, answer));
        return answer;
    }

    boolean hasWaiters() {
        return !waiters.isEmpty();
    }

    Set<SyncId> waiting() {
        return waiters.stream().map(Waiter::id).collect(Collectors.toSet());
    }

    /** Lets all who wait go without an answer. To be called without the lock. */
    void giveUp() {
        waiters.forEach(waiter -> waiter.answer().cancel(false));
    }

    /** Hands the answer to all who wait. To be called without the lock. */
    void answer(Answer answer) {
        waiters.forEach(waiter -> waiter.answer().complete(answer));
    }
}
