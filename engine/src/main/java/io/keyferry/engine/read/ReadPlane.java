package io.keyferry.engine.read;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Batching;
import io.keyferry.engine.store.Following;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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
 *   <li>Where a store tells many versions in one listing, the listing is polled, and only what it shows to have changed is
 *       read again.
 *   <li>Whoever saw something else than what is known now is woken, nobody else, and once.
 * </ul>
 *
 * <p>All state is guarded by one lock; stores are asked, waiters answered and listeners called without it.
 */
public final class ReadPlane implements AutoCloseable {
    private final StoreCalls calls;
    private final Pacing pacing;
    private final StoreLimits limits;
    private final TimeSource time;
    private final Timers timers;
    private final Executor executor;
    private final WakeListener listener;
    private final ReadObserver observer;
    private final BooleanSupplier moreToCome;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ReadKey, KeyState> keys = new HashMap<>();
    private final Map<StoreAddress, StoreLane> lanes = new HashMap<>();
    private final Map<SyncId, Set<ReadKey>> dependencies = new HashMap<>();
    private final Map<SyncId, Long> woken = new HashMap<>();
    private final ValueCache cache;
    private boolean closed;

    /**
     * @param stores the stores by {@link SecretStore#kind}
     * @param executor runs one task per call of a store; tasks block
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
        this(stores, policy, limits, fingerprinter, time, timers, executor, random, listener, observer, () -> false);
    }

    /**
     * @param stores the stores by {@link SecretStore#kind}
     * @param executor runs one task per call of a store; tasks block
     * @param moreToCome whether others are about to ask, so that a call which is not full is worth holding back; is asked
     *     under the plane's lock and must neither block nor call the plane
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
            ReadObserver observer,
            BooleanSupplier moreToCome) {
        this.moreToCome = moreToCome;
        this.calls = new StoreCalls(stores, fingerprinter, observer);
        this.pacing = new Pacing(policy, limits, random);
        this.limits = limits;
        this.time = time;
        this.timers = timers;
        this.executor = executor;
        this.listener = listener;
        this.observer = observer;
        this.cache = new ValueCache(policy.cachedBytes());
    }

    /** The key that stands for all names of what {@code reference} means, as far as the store knows by now. */
    ReadKey key(Access access, Reference reference) {
        return new ReadKey(
                access,
                calls.store(access.store())
                        .map(store -> store.canonical(access, reference))
                        .orElse(reference));
    }

    /**
     * Asks for a key on behalf of {@code id}; the answer was read no earlier than the trigger demands. It is cancelled if
     * the plane is closed before there is one.
     */
    CompletableFuture<Answer> request(SyncId id, ReadKey key, Trigger trigger) {
        return locked(aftermath -> {
            KeyState state = state(key);
            state.expect(id);
            dependencies.computeIfAbsent(id, i -> new HashSet<>()).add(key);
            String store = key.access().store().kind();
            Answer known = state.known(trigger.notBefore());
            if (known != null) {
                cache.used(state);
                observer.shared(store);
                return CompletableFuture.completedFuture(known);
            }
            if (state.running != null && state.running.startedAt - trigger.notBefore() + state.reuse() >= 0) {
                observer.shared(store);
                return state.running.join(id);
            }
            if (closed) {
                return CompletableFuture.failedFuture(new CancellationException("the operator is stopping"));
            }
            if (state.wanted != null) {
                observer.shared(store);
            }
            Attempt attempt = want(state, trigger.priority());
            CompletableFuture<Answer> answer = attempt.join(id);
            if (attempt.isQueued()) {
                state.lane.joined(attempt);
            }
            arrange(state);
            advance(state.lane, aftermath);
            return answer;
        });
    }

    /**
     * Replaces what {@code id} depends on. If any of it is no longer as it was seen, the object is woken at once.
     *
     * @param seen what was read, and what came of it
     * @param refresh how often the keys are polled for this object; empty for not at all. Then it does not hear either of
     *     what polls for others find
     */
    void subscribe(SyncId id, Map<ReadKey, Answer.State> seen, Optional<Duration> refresh) {
        long period = refresh.map(pacing::period).orElse(KeyState.NEVER);
        run(aftermath -> {
            Set<ReadKey> needed = new HashSet<>(seen.keySet());
            Set<KeyState> feeds = new HashSet<>();
            seen.forEach((key, answer) -> {
                KeyState state = state(key);
                boolean listens = period != KeyState.NEVER || !state.isPolled();
                if (state.addDependent(id, listens ? answer : null, state.isAnnounced() ? KeyState.NEVER : period)) {
                    wake(aftermath, Set.of(id));
                }
                plan(state);
                if (state.feed != null && needed.add(state.feed.key)) {
                    feeds.add(state.feed);
                }
            });
            Set<ReadKey> before = dependencies.put(id, needed);
            if (before != null) {
                before.stream().filter(key -> !needed.contains(key)).forEach(key -> drop(id, key));
            }
            feeds.forEach(feed -> follow(id, feed, period, aftermath));
        });
    }

    private void follow(SyncId id, KeyState feed, long period, Aftermath aftermath) {
        feed.addFollower(id, period);
        if (feed.wasTried() || feed.running != null) {
            plan(feed);
        } else {
            readAgain(feed, aftermath);
        }
    }

    /** A source tells that a key may have another value now: it is read again if anybody depends on it. */
    public void changed(Access access, Reference reference) {
        ReadKey key = key(access, reference);
        run(aftermath -> {
            KeyState state = keys.get(key);
            if (!closed && state != null && state.hasDependents()) {
                readAgain(state, aftermath);
            }
        });
    }

    /**
     * A source tells that secrets may have other values now, whoever reads them: all keys of {@code store} that somebody
     * depends on and that {@code concerned} picks are read again.
     *
     * @param concerned must neither block nor call the read plane
     */
    public void changed(StoreAddress store, Predicate<Reference> concerned) {
        readAgain(key -> key.access().store().equals(store) && concerned.test(key.reference()));
    }

    /**
     * Whatever stores of a kind say may be different from now on, for instance because the operator is somebody else to
     * them: all that somebody depends on is read again.
     */
    public void changed(String storeKind) {
        readAgain(key -> key.access().store().kind().equals(storeKind));
    }

    private void readAgain(Predicate<ReadKey> concerned) {
        run(aftermath -> List.copyOf(keys.values()).stream()
                .filter(state -> !closed && state.hasDependents() && concerned.test(state.key))
                .forEach(state -> readAgain(state, aftermath)));
    }

    private Following following(ReadKey key) {
        return calls.store(key.access().store())
                .map(store -> store.following(key.access(), key.reference()))
                .orElseGet(Following.Polled::new);
    }

    /** Forgets what {@code id} depends on. To be called when the object is gone. */
    public void unsubscribe(SyncId id) {
        run(aftermath -> {
            Set<ReadKey> before = dependencies.remove(id);
            if (before != null) {
                before.forEach(key -> drop(id, key));
            }
            woken.remove(id);
        });
    }

    /** When {@code id} was last woken and has not run since, in monotonic nanoseconds; asking counts as running. */
    public Optional<Long> takeWake(SyncId id) {
        return locked(aftermath -> Optional.ofNullable(woken.remove(id)));
    }

    /** How many distinct keys are watched. */
    public int watchedKeys() {
        return locked(aftermath -> keys.size());
    }

    /**
     * Starts no further read. Reads under way end by themselves; who waits for one that has not started, or for one that
     * fails from now on, is interrupted rather than told of a failure.
     */
    @Override
    public void close() {
        run(aftermath -> {
            closed = true;
            for (KeyState state : keys.values()) {
                state.cancelTimer();
                Attempt abandoned = state.wanted;
                if (abandoned != null) {
                    aftermath.then(abandoned::giveUp);
                }
            }
        });
    }

    private void run(Consumer<Aftermath> task) {
        boolean _ = locked(aftermath -> {
            task.accept(aftermath);
            return true;
        });
    }

    private <T> T locked(Function<Aftermath, T> task) {
        Aftermath aftermath = new Aftermath();
        T result;
        lock.lock();
        try {
            result = task.apply(aftermath);
        } finally {
            lock.unlock();
        }
        aftermath.run();
        return result;
    }

    private KeyState state(ReadKey key) {
        KeyState state = keys.get(key);
        if (state == null) {
            Following following = following(key);
            KeyState feed =
                    following instanceof Following.Told told ? state(new ReadKey(told.access(), told.listing())) : null;
            StoreLane lane = lane(key.access().store());
            lane.keyAdded();
            state = new KeyState(key, lane, following, feed);
            keys.put(key, state);
        }
        return state;
    }

    private StoreLane lane(StoreAddress store) {
        return lanes.computeIfAbsent(
                store,
                address -> new StoreLane(
                        address,
                        limits,
                        calls.store(address).map(SecretStore::batching).orElse(Batching.NONE),
                        moreToCome,
                        timers,
                        () -> onLaneTimer(address),
                        time.nanos()));
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
        state.leaveFeed();
        if (state.feed != null) {
            removeIfIdle(state.feed);
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
        long now = time.nanos();
        long wait = pacing.untilReadable(state, now);
        if (wait <= 0) {
            state.lane.enqueue(attempt, now);
        } else if (attempt.delay()) {
            timers.after(Duration.ofNanos(wait), () -> onCoalesced(attempt));
        }
    }

    /**
     * Nothing is read for those who have gone meanwhile; until then the key is kept, so that who comes back waits too. A
     * listing may be needed by somebody who is reading and does not depend on it yet.
     */
    private void onCoalesced(Attempt attempt) {
        run(aftermath -> {
            KeyState state = attempt.key;
            if (state.wanted != attempt || attempt.isQueued() || closed) {
                return;
            }
            if (state.hasDependents() || attempt.hasWaiters() || !state.fed().isEmpty()) {
                state.lane.enqueue(attempt, time.nanos());
            } else {
                state.wanted = null;
                removeIfIdle(state);
            }
            if (!state.lane.isUnused()) {
                advance(state.lane, aftermath);
            }
        });
    }

    private void readAgain(KeyState state, Aftermath aftermath) {
        Attempt _ = want(state, Priority.REFRESH);
        arrange(state);
        advance(state.lane, aftermath);
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
            Attempt _ = want(probe, Priority.REFRESH);
            arrange(probe);
        });
        for (Batch batch : lane.startable(now)) {
            for (Attempt attempt : batch.attempts()) {
                KeyState state = attempt.key;
                attempt.startedAt = now;
                state.wanted = null;
                state.running = attempt;
                observer.waited(state.key.access().store().kind(), Duration.ofNanos(now - attempt.wantedAt));
            }
            aftermath.then(() -> executor.execute(() -> perform(batch)));
        }
    }

    private void perform(Batch batch) {
        ended(batch, calls.ask(batch.access(), batch.references()));
    }

    private void ended(Batch batch, List<Answer> answers) {
        long now = time.nanos();
        for (int i = 0; i < answers.size(); i++) {
            observer.read(
                    batch.access().store().kind(),
                    answers.get(i) instanceof Answer.Failed failed
                            ? failed.failure().kind()
                            : null,
                    Duration.ofNanos(now - batch.attempts().get(i).startedAt));
        }
        run(aftermath -> {
            StoreLane lane = batch.attempts().getFirst().key.lane;
            batch.attempts().forEach(attempt -> attempt.key.running = null);
            if (closed) {
                for (int i = 0; i < answers.size(); i++) {
                    abandon(batch.attempts().get(i), answers.get(i), aftermath);
                }
                return;
            }
            boolean wasDown = lane.isDown();
            boolean recovered = lane.ended(batch, answers, now);
            for (int i = 0; i < answers.size(); i++) {
                conclude(batch.attempts().get(i), answers.get(i), aftermath);
            }
            if (recovered) {
                revive(lane);
            } else if (!wasDown && lane.isDown()) {
                tellFailures(lane, aftermath);
            }
            batch.attempts().forEach(attempt -> arrange(attempt.key));
            advance(lane, aftermath);
            batch.attempts().forEach(attempt -> removeIfIdle(attempt.key));
        });
    }

    private static void abandon(Attempt attempt, Answer answer, Aftermath aftermath) {
        aftermath.then(answer instanceof Answer.Read ? () -> attempt.answer(answer) : attempt::giveUp);
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
                state.retryAt = time.nanos() + pacing.retryPause(state, failed.failure());
                state.lane.addFailing(state);
            }
        }
        if (!Objects.equals(before, state.state())) {
            wake(aftermath, state.outdated(attempt.waiting()));
        }
        plan(state);
        Answer told = state.told(answer);
        aftermath.then(() -> attempt.answer(told));
        if (answer instanceof Answer.Read) {
            spreadNews(state, aftermath);
        }
    }

    /** Reads again whatever a listing shows in a version that is not known. */
    private void spreadNews(KeyState feed, Aftermath aftermath) {
        if (feed.fed().isEmpty()) {
            return;
        }
        long now = time.nanos();
        Set<StoreLane> news = new HashSet<>();
        for (KeyState state : List.copyOf(feed.fed())) {
            if (state.hearNews(now) && state.hasDependents()) {
                Attempt _ = want(state, Priority.REFRESH);
                arrange(state);
                news.add(state.lane);
            }
            plan(state);
        }
        news.forEach(lane -> advance(lane, aftermath));
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
            Attempt _ = want(state, Priority.REFRESH);
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
        long now = time.nanos();
        long at = nextLook(state, now);
        if (at == KeyState.NEVER) {
            state.cancelTimer();
        } else if (at - now <= 0 || !state.isTimedFor(at)) { // a timer for a time that has come may have gone off
            state.cancelTimer();
            state.time(at, timers.after(Duration.ofNanos(Math.max(0, at - now)), () -> onDue(state)));
        }
    }

    /** Moves the key's polls on where they are due, too. */
    private long nextLook(KeyState state, long now) {
        if (closed || !state.hasDependents()) {
            return KeyState.NEVER;
        }
        if (state.failure() != null) {
            boolean isOnItsWay = state.lane.isOutOfOrder() || state.running != null || state.wanted != null;
            return isOnItsWay ? KeyState.NEVER : state.retryAt;
        }
        boolean isPolled = state.period() != KeyState.NEVER && !state.isTold();
        state.due = isPolled ? pacing.nextPoll(state, now) : KeyState.NEVER;
        return state.due;
    }

    private void onDue(KeyState state) {
        run(aftermath -> {
            if (closed || keys.get(state.key) != state || !state.hasDependents()) {
                return;
            }
            if (state.failure() == null && state.period() != KeyState.NEVER) {
                state.due = pacing.pollAfter(state, time.nanos());
            }
            readAgain(state, aftermath);
        });
    }

    private void onLaneTimer(StoreAddress store) {
        run(aftermath -> {
            StoreLane lane = lanes.get(store);
            if (lane != null) {
                advance(lane, aftermath);
            }
        });
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
