package io.keyferry.engine.read;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * An informer for remote secrets. Every read of every object goes through here, so that cost follows the distinct keys
 * that are read and not the objects that read them.
 *
 * <ul>
 *   <li>One read of a key is under way at a time, and serves all who may have it: those whose change is older than the
 *       read's start.
 *   <li>A key that somebody subscribed to is polled once per the shortest period among its subscribers.
 *   <li>A key whose read failed is tried again with growing pauses for as long as somebody depends on it.
 *   <li>Whoever saw something else than what is known now is woken, nobody else, and once.
 * </ul>
 *
 * <p>All state is guarded by one lock; stores are asked, waiters answered and listeners called without it.
 */
public final class ReadPlane implements AutoCloseable {
    private static final Duration LONGEST_PERIOD = Duration.ofDays(10_000);

    private final Map<String, SecretStore> stores;
    private final ReadPolicy policy;
    private final StoreLimits limits;
    private final Fingerprinter fingerprinter;
    private final TimeSource time;
    private final Timers timers;
    private final Executor executor;
    private final RandomGenerator random;
    private final WakeListener listener;
    private final ReadObserver observer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ReadKey, KeyState> keys = new HashMap<>();
    private final Map<StoreAddress, StoreLane> lanes = new HashMap<>();
    private final Map<SyncId, Set<ReadKey>> dependencies = new HashMap<>();
    private final Map<SyncId, Long> woken = new HashMap<>();
    private final ValueCache cache;
    private boolean closed;

    /**
     * @param stores the stores by {@link SecretStore#kind}
     * @param executor runs one task per read; tasks block
     */
    public ReadPlane(
            Map<String, SecretStore> stores,
            ReadPolicy policy,
            StoreLimits limits,
            Fingerprinter fingerprinter,
            TimeSource time,
            Timers timers,
            Executor executor,
            RandomGenerator random,
            WakeListener listener,
            ReadObserver observer) {
        this.stores = Map.copyOf(stores);
        this.policy = policy;
        this.limits = limits;
        this.fingerprinter = fingerprinter;
        this.time = time;
        this.timers = timers;
        this.executor = executor;
        this.random = random;
        this.listener = listener;
        this.observer = observer;
        this.cache = new ValueCache(policy.cachedBytes());
    }

    /**
     * Asks for a key on behalf of {@code id}; the answer was read no earlier than the trigger demands. It is cancelled if
     * the plane is closed before there is one.
     */
    CompletableFuture<Answer> request(SyncId id, ReadKey key, Trigger trigger) {
        Aftermath aftermath = new Aftermath();
        CompletableFuture<Answer> answer;
        lock.lock();
        try {
            KeyState state = state(key);
            state.expect(id);
            dependencies.computeIfAbsent(id, i -> new HashSet<>()).add(key);
            Answer known = state.known(trigger.notBefore());
            if (known != null) {
                cache.used(state);
                answer = CompletableFuture.completedFuture(known);
                observer.shared(key.access().store().kind());
            } else if (state.running != null && state.running.startedAt - trigger.notBefore() >= 0) {
                answer = state.running.join(id);
                observer.shared(key.access().store().kind());
            } else if (closed) {
                answer = CompletableFuture.failedFuture(new CancellationException("the operator is stopping"));
            } else {
                if (state.wanted != null) {
                    observer.shared(key.access().store().kind());
                }
                Attempt attempt = want(state, trigger.priority());
                answer = attempt.join(id);
                if (attempt.isQueued()) {
                    state.lane.joined(attempt);
                }
                arrange(state);
                advance(state.lane, aftermath);
            }
        } finally {
            lock.unlock();
        }
        aftermath.run();
        return answer;
    }

    /**
     * Replaces what {@code id} depends on. If any of it is no longer as it was seen, the object is woken at once.
     *
     * @param seen what was read, and what came of it
     * @param refresh how often the keys are polled for this object; empty for not at all
     */
    void subscribe(SyncId id, Map<ReadKey, Answer.State> seen, Optional<Duration> refresh) {
        long period = refresh.map(this::period).orElse(KeyState.NEVER);
        Aftermath aftermath = new Aftermath();
        lock.lock();
        try {
            Set<ReadKey> before = dependencies.put(id, new HashSet<>(seen.keySet()));
            if (before != null) {
                before.stream().filter(key -> !seen.containsKey(key)).forEach(key -> drop(id, key));
            }
            seen.forEach((key, answer) -> {
                KeyState state = state(key);
                if (state.addDependent(id, answer, isAnnounced(key) ? KeyState.NEVER : period)) {
                    wake(aftermath, Set.of(id));
                }
                plan(state);
            });
        } finally {
            lock.unlock();
        }
        aftermath.run();
    }

    /** A source tells that a key may have another value now: it is read again if anybody depends on it. */
    public void changed(Access access, Reference reference) {
        Aftermath aftermath = new Aftermath();
        lock.lock();
        try {
            KeyState state = keys.get(new ReadKey(access, reference));
            if (!closed && state != null && state.hasDependents()) {
                want(state, Priority.REFRESH);
                arrange(state);
                advance(state.lane, aftermath);
            }
        } finally {
            lock.unlock();
        }
        aftermath.run();
    }

    private boolean isAnnounced(ReadKey key) {
        SecretStore store = stores.get(key.access().store().kind());
        return store != null && store.announcesChanges();
    }

    /** Forgets what {@code id} depends on. To be called when the object is gone. */
    public void unsubscribe(SyncId id) {
        lock.lock();
        try {
            Set<ReadKey> before = dependencies.remove(id);
            if (before != null) {
                before.forEach(key -> drop(id, key));
            }
            woken.remove(id);
        } finally {
            lock.unlock();
        }
    }

    /** When {@code id} was last woken and has not run since, in monotonic nanoseconds; asking counts as running. */
    public Optional<Long> takeWake(SyncId id) {
        lock.lock();
        try {
            return Optional.ofNullable(woken.remove(id));
        } finally {
            lock.unlock();
        }
    }

    /** How many distinct keys are watched. */
    public int watchedKeys() {
        lock.lock();
        try {
            return keys.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts no further read. Reads under way end by themselves; who waits for one that has not started, or for one that
     * fails from now on, is interrupted rather than told of a failure.
     */
    @Override
    public void close() {
        List<Attempt> abandoned = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            for (KeyState state : keys.values()) {
                state.cancelTimer();
                if (state.wanted != null) {
                    abandoned.add(state.wanted);
                }
            }
        } finally {
            lock.unlock();
        }
        abandoned.forEach(Attempt::giveUp);
    }

    private KeyState state(ReadKey key) {
        return keys.computeIfAbsent(key, k -> {
            StoreLane lane = lane(k.access().store());
            lane.keyAdded();
            return new KeyState(k, lane);
        });
    }

    private StoreLane lane(StoreAddress store) {
        return lanes.computeIfAbsent(
                store, address -> new StoreLane(address, limits, timers, () -> onLaneTimer(address), time.nanos()));
    }

    private void drop(SyncId id, ReadKey key) {
        KeyState state = keys.get(key);
        if (state != null) {
            state.removeDependent(id);
            plan(state);
            removeIfIdle(state);
        }
    }

    private void removeIfIdle(KeyState state) {
        if (!state.isIdle()) {
            return;
        }
        state.cancelTimer();
        cache.forget(state);
        keys.remove(state.key);
        state.lane.keyRemoved(state);
        if (state.lane.isUnused()) {
            lanes.remove(state.key.access().store());
        }
    }

    private Attempt want(KeyState state, Priority priority) {
        Attempt attempt = state.wanted;
        if (attempt == null) {
            attempt = new Attempt(state, priority, time.nanos());
            state.wanted = attempt;
        } else {
            attempt.raise(priority);
        }
        return attempt;
    }

    /** Queues the wanted attempt as soon as the one before it has ended and is long enough ago. */
    private void arrange(KeyState state) {
        Attempt attempt = state.wanted;
        if (attempt == null || state.running != null || attempt.isQueued() || closed) {
            return;
        }
        long wait = state.wasTried() ? state.triedAt() + policy.coalesce().toNanos() - time.nanos() : 0;
        if (wait <= 0) {
            state.lane.enqueue(attempt);
        } else if (attempt.delay()) {
            timers.after(Duration.ofNanos(wait), () -> onCoalesced(attempt));
        }
    }

    private void onCoalesced(Attempt attempt) {
        Aftermath aftermath = new Aftermath();
        lock.lock();
        try {
            if (attempt.key.wanted == attempt && !attempt.isQueued() && !closed) {
                attempt.key.lane.enqueue(attempt);
                advance(attempt.key.lane, aftermath);
            }
        } finally {
            lock.unlock();
        }
        aftermath.run();
    }

    /** Starts what may start, turns away what need not wait. */
    private void advance(StoreLane lane, Aftermath aftermath) {
        if (closed) {
            return;
        }
        long now = time.nanos();
        for (StoreLane.Refusal refusal : lane.refusals(now)) {
            Attempt attempt = refusal.attempt();
            attempt.key.wanted = null;
            attempt.startedAt = now;
            conclude(attempt, new Answer.Failed(refusal.failure()), aftermath);
            removeIfIdle(attempt.key);
        }
        lane.wantedProbe(now).ifPresent(probe -> {
            want(probe, Priority.REFRESH);
            arrange(probe);
        });
        for (Attempt attempt : lane.startable(now)) {
            KeyState state = attempt.key;
            attempt.startedAt = now;
            state.wanted = null;
            state.running = attempt;
            observer.waited(state.key.access().store().kind(), Duration.ofNanos(now - attempt.wantedAt));
            aftermath.then(() -> executor.execute(() -> perform(attempt)));
        }
    }

    private void perform(Attempt attempt) {
        ended(attempt, ask(attempt.key.key));
    }

    private Answer ask(ReadKey key) {
        try {
            Reading reading = store(key).read(key.access(), key.reference());
            return new Answer.Read(reading, Fingerprints.of(fingerprinter, reading));
        } catch (StoreException e) {
            return new Answer.Failed(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(StoreFailure.Kind.UNAVAILABLE, "the operator is stopping");
        } catch (RuntimeException e) {
            observer.unexpected(e);
            return internal(e);
        } catch (Error e) {
            observer.unexpected(new IllegalStateException("a store broke down", e));
            return internal(e);
        }
    }

    private static Answer internal(Throwable cause) {
        return failed(
                StoreFailure.Kind.INVALID,
                "internal error while reading: " + cause.getClass().getSimpleName());
    }

    private static Answer failed(StoreFailure.Kind kind, String message) {
        return new Answer.Failed(new StoreFailure(kind, StoreFailure.Phase.READ, message));
    }

    private SecretStore store(ReadKey key) throws StoreException {
        String kind = key.access().store().kind();
        SecretStore store = stores.get(kind);
        if (store == null) {
            throw new StoreException(new StoreFailure(
                    StoreFailure.Kind.INVALID, StoreFailure.Phase.DISCOVER, "no store of kind " + kind));
        }
        return store;
    }

    private void ended(Attempt attempt, Answer answer) {
        KeyState state = attempt.key;
        StoreFailure failure = answer instanceof Answer.Failed failed ? failed.failure() : null;
        long now = time.nanos();
        observer.read(
                state.key.access().store().kind(),
                failure == null ? null : failure.kind(),
                Duration.ofNanos(now - attempt.startedAt));
        Aftermath aftermath = new Aftermath();
        lock.lock();
        try {
            state.running = null;
            if (closed) {
                aftermath.then(failure == null ? () -> attempt.answer(answer) : attempt::giveUp);
            } else {
                boolean wasDown = state.lane.isDown();
                boolean recovered =
                        failure == null ? state.lane.answered(attempt) : state.lane.failed(attempt, failure, now);
                conclude(attempt, answer, aftermath);
                if (recovered) {
                    revive(state.lane);
                } else if (!wasDown && state.lane.isDown()) {
                    tellFailures(state.lane, aftermath);
                }
                arrange(state);
                advance(state.lane, aftermath);
                removeIfIdle(state);
            }
        } finally {
            lock.unlock();
        }
        aftermath.run();
    }

    /** Takes in how an attempt ended, and tells those who wait and those who depend. */
    private void conclude(Attempt attempt, Answer answer, Aftermath aftermath) {
        KeyState state = attempt.key;
        Answer.State before = state.state();
        switch (answer) {
            case Answer.Read read -> {
                state.succeeded(read, attempt.startedAt);
                cache.stored(state, read.reading());
                state.lane.removeFailing(state);
            }
            case Answer.Failed failed -> {
                state.failed(failed.failure(), attempt.startedAt, attempt.hasWaiters() || state.lane.isDown());
                state.retryAt = time.nanos() + retryPause(state, failed.failure());
                state.lane.addFailing(state);
            }
        }
        if (!Objects.equals(before, state.state())) {
            wake(aftermath, state.outdated(attempt.waiting()));
        }
        plan(state);
        aftermath.then(() -> attempt.answer(answer));
    }

    /** A store that is down is not asked about each of its keys once more before their dependents are told. */
    private void tellFailures(StoreLane lane, Aftermath aftermath) {
        for (KeyState state : lane.failing()) {
            Answer.State before = state.state();
            state.tellFailure();
            if (!Objects.equals(before, state.state())) {
                wake(aftermath, state.outdated(Set.of()));
            }
        }
    }

    /** Tries all failing keys of a store that has come back. */
    private void revive(StoreLane lane) {
        for (KeyState state : lane.failing()) {
            want(state, Priority.REFRESH);
            arrange(state);
        }
    }

    private void wake(Aftermath aftermath, Set<SyncId> ids) {
        if (!ids.isEmpty()) {
            long now = time.nanos();
            ids.forEach(id -> woken.putIfAbsent(id, now));
            aftermath.wake(ids);
        }
    }

    /**
     * Sets the key's timer to its next poll, or to its next try if the last one failed; a try that is on its way plans
     * again when it ends.
     */
    private void plan(KeyState state) {
        state.cancelTimer();
        if (closed || !state.hasDependents()) {
            return;
        }
        long now = time.nanos();
        long wait;
        if (state.failure() != null) {
            if (state.lane.isOutOfOrder() || state.running != null || state.wanted != null) {
                return;
            }
            wait = Math.max(0, state.retryAt - now);
        } else if (state.period() == KeyState.NEVER) {
            state.due = KeyState.NEVER;
            return;
        } else {
            state.due = nextPoll(state, now);
            wait = Math.max(0, state.due - now);
        }
        state.timer = timers.after(Duration.ofNanos(wait), () -> onDue(state));
    }

    private long retryPause(KeyState state, StoreFailure failure) {
        long longest = Math.min(policy.longestRetry().toNanos(), state.period());
        int doublings = Math.min(state.failures() - 1, 20);
        long pause = Math.min(policy.firstRetry().toNanos() << doublings, longest);
        long jittered = (long) (pause * (0.8 + 0.2 * random.nextDouble()));
        return Math.max(
                jittered,
                limits.granted(failure.retryAfter().orElse(Duration.ZERO)).toNanos());
    }

    /** Nanoseconds between polls: no more often than a key is read at all, and short enough to count with. */
    private long period(Duration refresh) {
        return refresh.compareTo(LONGEST_PERIOD) > 0
                ? LONGEST_PERIOD.toNanos()
                : Math.max(1, Math.max(refresh.toNanos(), policy.coalesce().toNanos()));
    }

    /**
     * Polls lie on a grid of one period's width. Where the grid starts depends on the key alone, between half a period
     * and a period after its first read, so that keys that were first read together are not polled together. A read
     * that started when a poll was due has served it.
     */
    private static long nextPoll(KeyState state, long now) {
        long period = state.period();
        if (state.due == KeyState.NEVER) {
            long origin = state.wasRead() ? state.readAt() : now;
            return origin + (long) (period * (0.5 + 0.5 * Fingerprints.spread(state.key)));
        }
        if (state.readAt() - state.due >= 0) {
            state.due += ((state.readAt() - state.due) / period + 1) * period;
        }
        return state.due - now > period ? now + period : state.due;
    }

    private void onDue(KeyState state) {
        Aftermath aftermath = new Aftermath();
        lock.lock();
        try {
            if (closed || keys.get(state.key) != state || !state.hasDependents()) {
                return;
            }
            if (state.failure() == null && state.period() != KeyState.NEVER) {
                long now = time.nanos();
                long period = state.period();
                long missed = Math.max(0, (now - state.due) / period);
                state.due += (missed + 1) * period;
            }
            want(state, Priority.REFRESH);
            arrange(state);
            advance(state.lane, aftermath);
        } finally {
            lock.unlock();
        }
        aftermath.run();
    }

    private void onLaneTimer(StoreAddress store) {
        Aftermath aftermath = new Aftermath();
        lock.lock();
        try {
            StoreLane lane = lanes.get(store);
            if (lane != null) {
                advance(lane, aftermath);
            }
        } finally {
            lock.unlock();
        }
        aftermath.run();
    }

    /** What remains to be done without the lock. */
    private final class Aftermath {
        private final List<Runnable> tasks = new ArrayList<>();
        private final Set<SyncId> sleepers = new HashSet<>();

        void then(Runnable task) {
            tasks.add(task);
        }

        void wake(Collection<SyncId> ids) {
            sleepers.addAll(ids);
        }

        void run() {
            tasks.forEach(Runnable::run);
            if (!sleepers.isEmpty()) {
                observer.woken(sleepers.size());
                listener.wake(sleepers);
            }
        }
    }
}
