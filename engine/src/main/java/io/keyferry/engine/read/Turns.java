package io.keyferry.engine.read;

import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is at one store: who is waited for before who refreshes, accesses by turns, and none of them with more
 * under way than its share, so that one whose reads hang does not hold up the others. Guarded by the read plane's lock.
 */
final class Turns {
    private final int limit;
    private final int limitPerAccess;
    private final FairQueue<Access, Attempt> interactive = new FairQueue<>();
    private final FairQueue<Access, Attempt> refresh = new FairQueue<>();

    /** Those in either queue that have waiters. */
    private final SequencedSet<Attempt> awaited = new LinkedHashSet<>();

    private final Map<Access, Integer> running = new HashMap<>();
    private int allRunning;

    Turns(int limit, int limitPerAccess) {
        this.limit = limit;
        this.limitPerAccess = limitPerAccess;
    }

    void enqueue(Attempt attempt) {
        attempt.setQueued();
        queue(attempt).add(attempt.access(), attempt);
        if (attempt.hasWaiters()) {
            awaited.add(attempt);
        }
    }

    /** Takes note that somebody began to wait for a queued attempt, and perhaps raised it. */
    void joined(Attempt attempt) {
        awaited.add(attempt);
        if (attempt.priority() == Priority.INTERACTIVE && refresh.remove(attempt.access(), attempt)) {
            interactive.add(attempt.access(), attempt);
        }
    }

    boolean hasRoom(Access access) {
        return !isFull() && running.getOrDefault(access, 0) < limitPerAccess;
    }

    /** Whether anybody waits who may start. */
    boolean hasNext() {
        return !isFull() && (interactive.has(this::hasRoom) || refresh.has(this::hasRoom));
    }

    /** The next one that may start, counted as running from here on; null if there is none. */
    @Nullable
    Attempt next() {
        if (isFull()) {
            return null;
        }
        Attempt urgent = interactive.take(this::hasRoom);
        Attempt next = urgent != null ? urgent : refresh.take(this::hasRoom);
        if (next != null) {
            awaited.remove(next);
            running.merge(next.access(), 1, Integer::sum);
            allRunning++;
        }
        return next;
    }

    void ended(Attempt attempt) {
        running.computeIfPresent(attempt.access(), (access, count) -> count == 1 ? null : count - 1);
        allRunning--;
    }

    boolean isAnyQueued() {
        return !interactive.isEmpty() || !refresh.isEmpty();
    }

    /** Takes out all that are queued. */
    List<Attempt> drain() {
        List<Attempt> result = new ArrayList<>(interactive.drain());
        result.addAll(refresh.drain());
        awaited.clear();
        return result;
    }

    /** Takes out all that are queued and waited for. */
    List<Attempt> drainAwaited() {
        List<Attempt> result = List.copyOf(awaited);
        result.forEach(attempt -> queue(attempt).remove(attempt.access(), attempt));
        awaited.clear();
        return result;
    }

    private boolean isFull() {
        return allRunning >= limit;
    }

    private FairQueue<Access, Attempt> queue(Attempt attempt) {
        return attempt.priority() == Priority.INTERACTIVE ? interactive : refresh;
    }
}
