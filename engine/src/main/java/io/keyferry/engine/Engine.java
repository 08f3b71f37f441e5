package io.keyferry.engine;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.read.Blocking;
import io.keyferry.engine.read.ReadPlane;
import io.keyferry.engine.read.RecordingReader;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.read.Trigger;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Differ;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Target;
import io.keyferry.engine.target.TargetException;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs syncs: evaluate the recipe, observe the target, compare, ask the guard, apply. The same without the last step is
 * {@link #plan}.
 */
public final class Engine {
    private static final int TRIES = 4;

    /** How many keys may be looked at more often than their object's period asks for. */
    private static final int FEW = 16;

    private final ReadPlane reads;
    private final Blocking blocking;
    private final Differ differ;
    private final TimeSource time;
    private final EngineObserver observer;

    public Engine(ReadPlane reads, Blocking blocking, Differ differ, TimeSource time, EngineObserver observer) {
        this.reads = reads;
        this.blocking = blocking;
        this.differ = differ;
        this.time = time;
        this.observer = observer;
    }

    /** Makes the target what the recipe says. Runs of one id must not overlap. */
    public Outcome run(Sync sync, Trigger trigger) throws InterruptedException {
        Optional<Long> woken = reads.takeWake(sync.id());
        SecretContent content;
        try {
            content = evaluate(sync, trigger);
        } catch (RecipeException e) {
            return outcome(e);
        }
        Outcome outcome = settle(sync, content);
        if (outcome instanceof Outcome.Applied) {
            woken.ifPresent(since -> observer.propagated(sync.id().dialect(), Duration.ofNanos(time.nanos() - since)));
        }
        return outcome;
    }

    /** What {@link #run} would do to the target now. Subscribes to nothing and writes nothing. */
    public Change plan(Sync sync, Trigger trigger) throws RecipeException, TargetException, InterruptedException {
        SyncId planning = planning(sync.id());
        RecordingReader reader = new RecordingReader(reads, blocking, planning, trigger);
        try {
            return change(sync, sync.target().observe(), sync.recipe().evaluate(reader));
        } finally {
            reads.unsubscribe(planning);
        }
    }

    /** Forgets a sync whose object is gone or no longer compiles. */
    public void forget(SyncId id) {
        reads.unsubscribe(id);
    }

    /** An id of its own, which no object can have, so that a plan does not end the subscriptions of the object's runs. */
    private static SyncId planning(SyncId id) {
        return new SyncId(id.dialect(), id.namespace(), id.name() + " (plan)");
    }

    private SecretContent evaluate(Sync sync, Trigger trigger) throws RecipeException, InterruptedException {
        RecordingReader reader = new RecordingReader(reads, blocking, sync.id(), trigger);
        Optional<Duration> refresh = sync.refresh().poll();
        try {
            return sync.recipe().evaluate(reader);
        } catch (RecipeException e) {
            if (e.kind() == RecipeException.Kind.SOURCE && reader.keys() <= FEW) {
                refresh = sync.refresh().whileFailing();
            }
            throw e;
        } finally {
            reader.subscribe(refresh);
        }
    }

    private static Outcome outcome(RecipeException e) {
        return switch (e.kind()) {
            case SOURCE -> new Outcome.SourceFailed(e.problem());
            case REJECTED -> new Outcome.Rejected(e.problem());
        };
    }

    private Outcome settle(Sync sync, SecretContent content) throws InterruptedException {
        Target target = sync.target();
        try {
            Observed observed = target.observe();
            for (int tries = 0; tries < TRIES; tries++) {
                Change change = change(sync, observed, content);
                Optional<Problem> objection = sync.guard().check(change);
                if (objection.isPresent()) {
                    return new Outcome.Held(objection.get(), content.notices());
                }
                if (change.isNothing()) {
                    return new Outcome.Unchanged(content.notices());
                }
                try {
                    target.apply(change);
                    return new Outcome.Applied(change, content.notices());
                } catch (LockLostException e) {
                    observed = target.observeFresh();
                }
            }
            return new Outcome.TargetFailed(
                    new Problem("TargetContended", "the target was changed by somebody else at every try"),
                    content.notices());
        } catch (TargetException e) {
            return new Outcome.TargetFailed(e.problem(), content.notices());
        }
    }

    private Change change(Sync sync, Observed observed, SecretContent content) {
        return differ.between(
                observed, content, sync.target().owner(), sync.target().dataPolicy());
    }
}
