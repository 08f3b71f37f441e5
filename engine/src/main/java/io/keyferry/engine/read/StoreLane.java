package io.keyferry.engine.read;

import io.keyferry.engine.store.Batching;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.time.Timers;
import io.keyferry.engine.time.Timers.Timer;
import io.keyferry.engine.time.TokenBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to one store: who goes next, how many at once, and when nobody goes because the store is out of order or asked
 * for a rest. Decides only; the read plane acts. Guarded by the read plane's lock.
 */
final class StoreLane {
    /** How long a read that is waited for waits for a store that asked for a rest before it is told so. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final StoreAddress store;
    private final StoreLimits limits;
    private final Timers timers;
    private final Runnable onTimer;
    private final Turns turns;
    private final SequencedSet<KeyState> failing = new LinkedHashSet<>();
    private final Breaker breaker;
    private final TokenBucket bucket;
    private int keys;
    private @Nullable Long restsUntil;
    private @Nullable Timer timer;

    StoreLane(
            StoreAddress store,
            StoreLimits limits,
            Batching batching,
            BooleanSupplier moreToCome,
            Timers timers,
            Runnable onTimer,
            long now) {
        this.store = store;
        this.limits = limits;
        this.timers = timers;
        this.onTimer = onTimer;
        this.turns = new Turns(limits.concurrency(), limits.concurrencyPerAccess(), batching, moreToCome);
        this.breaker = new Breaker(
                limits.breakerThreshold(),
                limits.breakerFirstPause().toNanos(),
                limits.breakerLongestPause().toNanos());
        this.bucket = new TokenBucket(limits.readsPerSecond(), limits.burst(), now);
    }

    void keyAdded() {
        keys++;
    }

    void keyRemoved(KeyState state) {
        keys--;
        failing.remove(state);
    }

    void enqueue(Attempt attempt, long now) {
        turns.enqueue(attempt, now);
    }

    /** Takes note that somebody began to wait for a queued attempt, and perhaps raised it. */
    void joined(Attempt attempt) {
        turns.joined(attempt);
    }

    /** What may start now, each counted as running from here on. */
    List<Batch> startable(long now) {
        List<Batch> result = new ArrayList<>();
        while (!isResting(now) && breaker.admits(now) && bucket.untilNext(now).isZero()) {
            List<Attempt> attempts = turns.next(now);
            if (attempts.isEmpty()) {
                break;
            }
            bucket.take(now);
            result.add(new Batch(attempts, breaker.started()));
        }
        planWake(now);
        return result;
    }

    /** Queued attempts that are not worth waiting for, taken out of the queue, each with the reason. */
    List<Refusal> refusals(long now) {
        if (breaker.isOpen(now)) {
            return refuse(turns.drain(), unavailable(breaker.remaining(now)));
        }
        if (isResting(now) && rest(now).compareTo(PATIENCE) > 0) {
            return refuse(turns.drainAwaited(), throttled(rest(now)));
        }
        return List.of();
    }

    /** An attempt that was turned away without asking the store. */
    record Refusal(Attempt attempt, StoreFailure failure) {}

    private static List<Refusal> refuse(List<Attempt> attempts, StoreFailure failure) {
        return attempts.stream().map(attempt -> new Refusal(attempt, failure)).toList();
    }

    /** @return whether the store is in order again after having been out of it: to refuse is to answer */
    boolean ended(Batch batch, List<Answer> answers, long now) {
        turns.ended(batch.access());
        boolean answered = false;
        for (Answer answer : answers) {
            StoreFailure failure = answer instanceof Answer.Failed failed ? failed.failure() : null;
            if (failure != null && failure.kind() == StoreFailure.Kind.THROTTLED) {
                rest(now, limits.granted(failure.retryAfter().orElse(Duration.ofSeconds(1))));
            }
            answered |= failure == null || failure.kind() != StoreFailure.Kind.UNAVAILABLE;
        }
        if (answered) {
            return breaker.succeeded();
        }
        breaker.failed(batch.probe(), now);
        return false;
    }

    /** The key goes behind the others, so that each gets its turn as a probe. */
    void addFailing(KeyState state) {
        failing.addLast(state);
    }

    void removeFailing(KeyState state) {
        failing.remove(state);
    }

    List<KeyState> failing() {
        return List.copyOf(failing);
    }

    /** The key to try out the store with, if the breaker lets a probe through and nobody in the queue may be it. */
    Optional<KeyState> wantedProbe(long now) {
        if (!breaker.awaitsProbe(now) || turns.hasNext()) {
            return Optional.empty();
        }
        return failing.stream()
                .filter(state -> state.running == null && turns.hasRoom(state.key.access()))
                .findFirst();
    }

    /** Whether the store is known to be out of order for longer than a hiccup. */
    boolean isDown() {
        return breaker.isConfirmed();
    }

    boolean isOutOfOrder() {
        return breaker.isTripped();
    }

    boolean isUnused() {
        return keys == 0;
    }

    private boolean isResting(long now) {
        if (restsUntil != null && restsUntil - now <= 0) {
            restsUntil = null;
        }
        return restsUntil != null;
    }

    /** Nobody goes for {@code pause}, or longer if a longer rest was asked for before. */
    private void rest(long now, Duration pause) {
        long until = now + pause.toNanos();
        if (restsUntil == null || until - restsUntil > 0) {
            restsUntil = until;
        }
    }

    private Duration rest(long now) {
        return restsUntil == null ? Duration.ZERO : Duration.ofNanos(restsUntil - now);
    }

    /** Makes sure somebody looks here again when waiting alone makes a difference. */
    private void planWake(long now) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        Duration wait = Duration.ZERO;
        if (breaker.isOpen(now)) {
            wait = breaker.remaining(now);
        } else if (isResting(now) && turns.isAnyQueued()) {
            wait = rest(now);
        } else if (breaker.admits(now) && turns.hasNext()) {
            wait = longer(bucket.untilNext(now), Duration.ofNanos(turns.untilNext(now)));
        }
        if (!wait.isZero()) {
            timer = timers.after(wait, onTimer);
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private StoreFailure unavailable(Duration remaining) {
        return new StoreFailure(
                StoreFailure.Kind.UNAVAILABLE,
                StoreFailure.Phase.READ,
                "%s at %s does not answer; it is asked again within %d s"
                        .formatted(store.kind(), store.endpoint(), seconds(remaining)));
    }

    private StoreFailure throttled(Duration remaining) {
        return new StoreFailure(
                StoreFailure.Kind.THROTTLED,
                StoreFailure.Phase.READ,
                "%s at %s asked to be left alone for another %d s"
                        .formatted(store.kind(), store.endpoint(), seconds(remaining)));
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
