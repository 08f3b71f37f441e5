package io.keyferry.engine.read;

import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Batching;
import io.keyferry.engine.store.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Whose turn it is at one store: who is waited for before who refreshes, accesses by turns, and none of them with more
 * calls under way than its share, so that one whose reads hang does not hold up the others. Reads that may share a call
 * wait for company. Guarded by the read plane's lock.
 */
final class Turns {
    /** @param shares whether the reads in this line may share a call */
    private record Line(Access access, boolean shares) {}

    private final int limit;
    private final int limitPerAccess;
    private final Batching batching;
    private final BooleanSupplier moreToCome;
    private final FairQueue<Line, Attempt> interactive = new FairQueue<>();
    private final FairQueue<Line, Attempt> refresh = new FairQueue<>();

    /** Those in either queue that have waiters. */
    private final SequencedSet<Attempt> awaited = new LinkedHashSet<>();

    private final Map<Access, Integer> running = new HashMap<>();
    private int allRunning;

    Turns(int limit, int limitPerAccess, Batching batching, BooleanSupplier moreToCome) {
        this.limit = limit;
        this.limitPerAccess = limitPerAccess;
        this.batching = batching;
        this.moreToCome = moreToCome;
    }

    void enqueue(Attempt attempt, long now) {
        attempt.setQueued(now);
        queue(attempt).add(line(attempt), attempt);
        if (attempt.hasWaiters()) {
            awaited.add(attempt);
        }
    }

    /** Takes note that somebody began to wait for a queued attempt, and perhaps raised it. */
    void joined(Attempt attempt) {
        awaited.add(attempt);
        if (attempt.priority() == Priority.INTERACTIVE && refresh.remove(line(attempt), attempt)) {
            interactive.add(line(attempt), attempt);
        }
    }

    boolean hasRoom(Access access) {
        return !isFull() && running.getOrDefault(access, 0) < limitPerAccess;
    }

    /** Whether anybody waits who may start, now or when it has waited for company. */
    boolean hasNext() {
        return !isFull() && (interactive.has(this::hasRoom) || refresh.has(this::hasRoom));
    }

    /** How long nobody starts because all who may still wait for company. */
    long untilNext(long now) {
        return lines().filter(this::hasRoom)
                .mapToLong(line -> untilComplete(line, now))
                .min()
                .orElse(0);
    }

    /** Those whose call is the next that may start, counted as running from here on; empty if there is none. */
    List<Attempt> next(long now) {
        if (isFull()) {
            return List.of();
        }
        Attempt urgent = interactive.take(line -> mayGo(line, now));
        Attempt first = urgent != null ? urgent : refresh.take(line -> mayGo(line, now));
        if (first == null) {
            return List.of();
        }
        Line line = line(first);
        List<Attempt> next = new ArrayList<>();
        next.add(first);
        if (line.shares()) {
            next.addAll(interactive.takeMore(line, batching.size() - next.size()));
            next.addAll(refresh.takeMore(line, batching.size() - next.size()));
        }
        next.forEach(awaited::remove);
        running.merge(line.access(), 1, Integer::sum);
        allRunning++;
        return next;
    }

    /** A call as {@code access} has ended. */
    void ended(Access access) {
        running.computeIfPresent(access, (key, count) -> count == 1 ? null : count - 1);
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
        result.forEach(attempt -> queue(attempt).remove(line(attempt), attempt));
        awaited.clear();
        return result;
    }

    private boolean isFull() {
        return allRunning >= limit;
    }

    private boolean hasRoom(Line line) {
        return hasRoom(line.access());
    }

    private boolean mayGo(Line line, long now) {
        return hasRoom(line) && untilComplete(line, now) <= 0;
    }

    private Stream<Line> lines() {
        return Stream.concat(interactive.parties().stream(), refresh.parties().stream());
    }

    /** How long the reads in a line still wait for company. */
    private long untilComplete(Line line, long now) {
        SequencedCollection<Attempt> urgent = interactive.line(line);
        SequencedCollection<Attempt> other = refresh.line(line);
        if (!line.shares() || urgent.size() + other.size() >= batching.size()) {
            return 0;
        }
        long quiet = moreToCome.getAsBoolean() ? batching.quiet().toNanos() : Long.MIN_VALUE;
        long patience = Long.MAX_VALUE;
        for (SequencedCollection<Attempt> waiting : List.of(urgent, other)) {
            if (!waiting.isEmpty()) {
                quiet = Math.max(
                        quiet,
                        waiting.getLast().queuedAt() - now + batching.quiet().toNanos());
                patience = Math.min(
                        patience,
                        waiting.getFirst().queuedAt()
                                - now
                                + batching.patience().toNanos());
            }
        }
        return Math.max(0, Math.min(quiet, patience));
    }

    private Line line(Attempt attempt) {
        boolean shares = batching.size() > 1 && attempt.key.key.reference().kind() == Reference.Kind.SECRET;
        return new Line(attempt.access(), shares);
    }

    private FairQueue<Line, Attempt> queue(Attempt attempt) {
        return attempt.priority() == Priority.INTERACTIVE ? interactive : refresh;
    }
}
