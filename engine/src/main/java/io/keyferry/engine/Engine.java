package io.keyferry.engine;

import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.read.Blocking;
import io.keyferry.engine.read.ReadPlane;
import io.keyferry.engine.read.RecordingReader;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.read.Trigger;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Differ;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.engine.target.Target;
import io.keyferry.engine.target.TargetException;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.List;
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
        Target target = sync.target();
        Outcome outcome = settle(
                target, sync.guard(), content.notices(), observed -> change(target, observed, content), target::apply);
        if (outcome instanceof Outcome.Applied) {
            woken.ifPresent(since -> observer.propagated(sync.id().dialect(), Duration.ofNanos(time.nanos() - since)));
        }
        return outcome;
    }

    /**
     * Makes the target hold nothing, under the same lock. That it holds nothing already is {@link Outcome.Unchanged}. Runs
     * of one place must not overlap.
     */
    public Outcome remove(Removal removal) throws InterruptedException {
        RemovableTarget target = removal.target();
        return settle(target, removal.guard(), List.of(), observed -> Change.removal(observed), target::remove);
    }

    /** What {@link #run} would do to the target now. Subscribes to nothing and writes nothing. */
    public Change plan(Sync sync, Trigger trigger) throws RecipeException, TargetException, InterruptedException {
        SyncId planning = sync.id().planning();
        RecordingReader reader = new RecordingReader(reads, blocking, planning, trigger);
        try {
            return change(sync.target(), sync.target().observe(), sync.recipe().evaluate(reader));
        } finally {
            reads.unsubscribe(planning);
        }
    }

    /** Forgets a sync whose object is gone or no longer compiles. */
    public void forget(SyncId id) {
        reads.unsubscribe(id);
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

    private interface Comparison {
        Change with(Observed observed);
    }

    private interface Write {
        void make(Change change) throws TargetException, LockLostException, InterruptedException;
    }

    private Outcome settle(Target target, Guard guard, List<Notice> notices, Comparison comparison, Write write)
            throws InterruptedException {
        try {
            Observed observed = target.observe();
            for (int tries = 0; tries < TRIES; tries++) {
                Change change = comparison.with(observed);
                Optional<Problem> objection = guard.check(change);
                if (objection.isPresent()) {
                    return new Outcome.Held(objection.get(), notices);
                }
                if (change.isNothing()) {
                    return new Outcome.Unchanged(notices);
                }
                try {
                    write.make(change);
                    return new Outcome.Applied(change, notices);
                } catch (LockLostException e) {
                    observed = target.observeFresh();
                }
            }
            return new Outcome.TargetFailed(
                    new Problem("TargetContended", "the target was changed by somebody else at every try"), notices);
        } catch (TargetException e) {
            return new Outcome.TargetFailed(e.problem(), notices);
        }
    }

    private Change change(Target target, Observed observed, SecretContent content) {
        return differ.between(observed, target.holdable(content), target.owner(), target.dataPolicy());
    }
}
