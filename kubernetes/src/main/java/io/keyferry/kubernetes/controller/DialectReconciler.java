package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.keyferry.engine.Engine;
import io.keyferry.engine.Outcome;
import io.keyferry.engine.Removal;
import io.keyferry.engine.Sync;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.read.Trigger;
import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.claim.Claims.Claim;
import io.keyferry.kubernetes.controller.ControllerObserver.Ending;
import io.keyferry.kubernetes.event.EventSubject;
import io.keyferry.kubernetes.event.EventWriter;
import io.keyferry.kubernetes.secret.SecretName;
import io.keyferry.kubernetes.status.StatusRef;
import io.keyferry.kubernetes.status.StatusWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The control loop of one dialect: compile, run, report. One reconcile per object at a time. */
final class DialectReconciler<R extends HasMetadata> implements Reconciler<R> {
    private record Version(String uid, Long generation) {}

    private static final Duration FIRST_LOOK = Duration.ofMillis(100);

    /** Whoever asks for less gets this: a store is not read more often either. */
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(250);

    private final Dialect<R> dialect;
    private final Primaries<R> primaries;
    private final Engine engine;
    private final Claims<SecretName> claims;
    private final WakeUps wakeUps;
    private final StatusWriter statuses;
    private final EventWriter events;
    private final TimeSource time;
    private final Timers timers;
    private final Backoff backoff;
    private final ControllerObserver observer;
    private final WakeSource<R> wakeSource = new WakeSource<>();
    private final Map<SyncId, Version> done = new ConcurrentHashMap<>();
    private final StatusNews news = new StatusNews();

    DialectReconciler(
            Dialect<R> dialect,
            Primaries<R> primaries,
            Engine engine,
            Claims<SecretName> claims,
            WakeUps wakeUps,
            StatusWriter statuses,
            EventWriter events,
            TimeSource time,
            Timers timers,
            Backoff backoff,
            ControllerObserver observer) {
        this.dialect = dialect;
        this.primaries = primaries;
        this.engine = engine;
        this.claims = claims;
        this.wakeUps = wakeUps;
        this.statuses = statuses;
        this.events = events;
        this.time = time;
        this.timers = timers;
        this.backoff = backoff;
        this.observer = observer;
        wakeUps.register(dialect.name(), wakeSource);
    }

    @Override
    public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        return List.of(wakeSource);
    }

    @Override
    public UpdateControl<R> reconcile(R object, Context<R> context) throws InterruptedException {
        SyncId id = id(object);
        if (context.isPrimaryResourceDeleted()) {
            Supplier<Optional<R>> live = live(object, context);
            deleted(id, object, live);
            awaitSuccessor(id, live, FIRST_LOOK);
            return UpdateControl.noUpdate();
        }
        if (object.getMetadata().getDeletionTimestamp() != null) {
            return UpdateControl.noUpdate();
        }
        long started = time.nanos();
        try (ReconcileLog log = new ReconcileLog(dialect.name(), object)) {
            return reconcile(id, object, log, started);
        }
    }

    /** What the watch knows under the object's name by now. */
    private static <R extends HasMetadata> Supplier<Optional<R>> live(R object, Context<R> context) {
        var watched = context.eventSourceRetriever().getControllerEventSource();
        ResourceID name = ResourceID.fromResource(object);
        return () -> watched.get(name);
    }

    /** If there is another one of this name by now, {@code object} may be that one already. */
    private void deleted(SyncId id, R object, Supplier<Optional<R>> live) throws InterruptedException {
        forget(id, object);
        boolean isSuccessor = live.get().filter(other -> isSame(other, object)).isPresent();
        if (!isSuccessor) {
            try (ReconcileLog log = new ReconcileLog(dialect.name(), object)) {
                removeWhatGoesWith(object, log);
            }
        }
        if (!primaries.isComplete() && live.get().isEmpty()) {
            primaries.remove(primaries.getKey(object));
        }
    }

    private static boolean isSame(HasMetadata one, HasMetadata other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }

    /**
     * An object that is made anew while the deletion of the one before it is told of is lost on the library: it takes the name
     * for gone. So this looks, until there is none, or it has been worked on.
     */
    private void awaitSuccessor(SyncId id, Supplier<Optional<R>> live, Duration wait) {
        timers.after(wait, () -> {
            Optional<R> successor = live.get();
            if (successor.isEmpty() || isKnown(id, successor.get())) {
                return;
            }
            wakeSource.appeared(successor.get());
            awaitSuccessor(id, live, wait.multipliedBy(2));
        });
    }

    private boolean isKnown(SyncId id, R object) {
        Version version = done.get(id);
        return version != null && version.uid().equals(object.getMetadata().getUid());
    }

    private UpdateControl<R> reconcile(SyncId id, R object, ReconcileLog log, long started)
            throws InterruptedException {
        Optional<Duration> again;
        Ending ending;
        try {
            Result result = run(id, object);
            Report report = dialect.report(object, result);
            log.write(report.log());
            if (news.isNews(id, report)) {
                statuses.write(StatusRef.of(object, dialect.plural()), report.status());
            }
            report.events().forEach(note -> events.write(EventSubject.of(object), note));
            dialect.measure(object, result, Duration.ofNanos(time.nanos() - started));
            observer.settled(id, state(result));
            again = again(id, object, result);
            ending = ending(result, again);
        } catch (RuntimeException | StackOverflowError e) {
            log.unexpected(e);
            again = Optional.of(backoff.next(id, Optional.empty()));
            ending = Ending.ERROR;
        }
        observer.reconciled(id, ending, Duration.ofNanos(time.nanos() - started));
        UpdateControl<R> control = UpdateControl.noUpdate();
        return again.map(control::rescheduleAfter).orElse(control);
    }

    private Result run(SyncId id, R object) throws InterruptedException {
        Version version =
                new Version(object.getMetadata().getUid(), object.getMetadata().getGeneration());
        boolean first = !version.equals(done.put(id, version));
        String namespace = id.namespace();
        return switch (dialect.compile(object, owner -> primaries.isGone(namespace, owner))) {
            case Compiled.Invalid invalid -> {
                // What it had stays its own: an edit that makes no sense gives nothing away.
                engine.forget(id);
                yield new Result.Invalid(invalid.problem());
            }
            case Compiled.Ready ready -> {
                Claim claim = new Claim(
                        id, object.getMetadata().getUid(), object.getMetadata().getCreationTimestamp());
                wakeUps.wake(claims.claim(claim, ready.target(), ready.settled()));
                yield new Result.Ran(
                        run(ready.sync(), object, first), ready.sync().refresh(), first);
            }
        };
    }

    private Outcome run(Sync sync, R object, boolean first) throws InterruptedException {
        Priority priority = first ? Priority.INTERACTIVE : Priority.REFRESH;
        return engine.run(sync, new Trigger(primaries.changedAt(object), priority));
    }

    /** When to look at the object again if nothing wakes it before. */
    private Optional<Duration> again(SyncId id, R object, Result result) {
        if (!(result instanceof Result.Ran ran)) {
            backoff.reset(id);
            return Optional.empty();
        }
        // A source that fails is read again without us; who looks at logs and metrics is to see that it still does.
        if (ran.outcome() instanceof Outcome.TargetFailed || ran.outcome() instanceof Outcome.SourceFailed) {
            return Optional.of(backoff.next(id, ran.refresh().longestPause()));
        }
        backoff.reset(id);
        if (ran.outcome() instanceof Outcome.Rejected) {
            return Optional.empty();
        }
        return ran.refresh()
                .rerun()
                .map(period -> period.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : period)
                .map(period -> ran.first() ? spread(object, period) : period);
    }

    /** Objects that were first seen together are not looked at again together. */
    private static Duration spread(HasMetadata object, Duration period) {
        int hash = Objects.hash(object.getMetadata().getUid());
        double part = 0.5 + 0.5 * ((hash * 0x9E3779B9) >>> 8) / (double) (1 << 24);
        return Duration.ofNanos((long) (period.toNanos() * part));
    }

    private static Ending ending(Result result, Optional<Duration> again) {
        boolean error = result instanceof Result.Ran ran
                && (ran.outcome() instanceof Outcome.SourceFailed || ran.outcome() instanceof Outcome.TargetFailed);
        if (error) {
            return Ending.ERROR;
        }
        return again.isPresent() ? Ending.REQUEUE_AFTER : Ending.SUCCESS;
    }

    private static String state(Result result) {
        return switch (result) {
            case Result.Invalid ignored -> "invalid";
            case Result.Ran ran ->
                switch (ran.outcome()) {
                    case Outcome.Applied ignored -> "ready";
                    case Outcome.Unchanged ignored -> "ready";
                    case Outcome.Held ignored -> "held";
                    case Outcome.Rejected ignored -> "rejected";
                    case Outcome.SourceFailed ignored -> "source_failed";
                    case Outcome.TargetFailed ignored -> "target_failed";
                };
        };
    }

    private void removeWhatGoesWith(R object, ReconcileLog log) throws InterruptedException {
        Optional<Removal> removal = dialect.goesWith(object);
        if (removal.isEmpty()) {
            return;
        }
        String place = removal.get().place();
        switch (engine.remove(removal.get())) {
            case Outcome.Applied _ -> log.write(List.of(LogLine.info("deleted " + place)));
            case Outcome.TargetFailed failed ->
                log.write(List.of(LogLine.info("%s is left to the garbage collector: %s"
                        .formatted(place, failed.problem().message()))));
            default -> {}
        }
    }

    private void forget(SyncId id, R object) {
        engine.forget(id);
        statuses.forget(StatusRef.of(object, dialect.plural()));
        observer.gone(id);
        done.remove(id);
        news.forget(id);
        backoff.reset(id);
        dialect.forget(id.namespace(), id.name());
        wakeUps.wake(claims.release(id));
    }

    private SyncId id(R object) {
        return new SyncId(
                dialect.name(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }
}
