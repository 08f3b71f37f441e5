package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.Engine;
import io.keyferry.engine.Outcome;
import io.keyferry.engine.Sync;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.read.Trigger;
import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.annotated.Errand.Part;
import io.keyferry.kubernetes.annotated.Errand.Pruning;
import io.keyferry.kubernetes.annotated.Results.Removed;
import io.keyferry.kubernetes.annotated.Results.Written;
import io.keyferry.kubernetes.annotated.Subjects.Seen;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.claim.Claims.Claim;
import io.keyferry.kubernetes.controller.Backoff;
import io.keyferry.kubernetes.controller.ControllerObserver;
import io.keyferry.kubernetes.controller.ControllerObserver.Ending;
import io.keyferry.kubernetes.controller.LogLine;
import io.keyferry.kubernetes.controller.ReconcileLog;
import io.keyferry.kubernetes.event.EventWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Works on one annotated object: compile, note on it what is about to be written, run every part, prune, conclude, note
 * what has been written. One call per object at a time.
 */
final class SubjectReconciler {
    private final AnnotatedDialect dialect;
    private final Subjects subjects;
    private final Engine engine;
    private final SubjectWriter writer;
    private final Claims<String> claims;
    private final Consumer<SubjectRef> wake;
    private final SecondLooks looks;
    private final EventWriter events;
    private final TimeSource time;
    private final Backoff backoff;
    private final ControllerObserver observer;
    private final Map<SubjectRef, Set<SyncId>> parts = new ConcurrentHashMap<>();

    /** @param wake has an object worked on */
    SubjectReconciler(
            AnnotatedDialect dialect,
            Subjects subjects,
            Engine engine,
            SubjectWriter writer,
            Claims<String> claims,
            Consumer<SubjectRef> wake,
            SecondLooks looks,
            EventWriter events,
            TimeSource time,
            Backoff backoff,
            ControllerObserver observer) {
        this.dialect = dialect;
        this.subjects = subjects;
        this.engine = engine;
        this.writer = writer;
        this.claims = claims;
        this.wake = wake;
        this.looks = looks;
        this.events = events;
        this.time = time;
        this.backoff = backoff;
        this.observer = observer;
    }

    /** Claims what an object wants, so that whoever is worked on before it leaves that to it. */
    void claim(Subject subject) {
        try {
            adopt(subject, dialect.compile(subject));
        } catch (RuntimeException e) {
            // One object must not hold up all others; whoever works on it tells this.
            wake.accept(subject.ref());
        }
    }

    /** @return after how long to work on the object again if nothing wakes it before */
    Optional<Duration> reconcile(SubjectRef ref) throws InterruptedException {
        Optional<Seen> seen = subjects.get(ref);
        if (seen.isEmpty()) {
            forget(ref);
            return Optional.empty();
        }
        SyncId id = id(ref);
        long started = time.nanos();
        Optional<Duration> again;
        Ending ending;
        try (ReconcileLog log = log(ref)) {
            try {
                Errand errand = dialect.compile(seen.get().subject());
                Conclusion conclusion = run(seen.get(), errand, log);
                if (parts.containsKey(ref)) {
                    observer.settled(id, conclusion.state());
                }
                again = again(id, errand, conclusion);
                ending = conclusion.retry() ? Ending.ERROR : again.isPresent() ? Ending.REQUEUE_AFTER : Ending.SUCCESS;
            } catch (ApiException e) {
                // Somebody else edited the object: the watch is about to tell.
                if (!e.isConflict() && !e.isNotFound()) {
                    log.write(List.of(LogLine.error(
                            "Reconciler error", "could not update %s: %s".formatted(ref, e.getMessage()))));
                }
                again = Optional.of(backoff.next(id, Optional.empty()));
                ending = Ending.ERROR;
            } catch (RuntimeException | StackOverflowError e) {
                log.unexpected(e);
                again = Optional.of(backoff.next(id, Optional.empty()));
                ending = Ending.ERROR;
            }
        }
        observer.reconciled(id, ending, Duration.ofNanos(time.nanos() - started));
        return again;
    }

    private ReconcileLog log(SubjectRef ref) {
        return new ReconcileLog(
                dialect.name(), ref.kind().apiVersion(), ref.kind().kind(), ref.namespace(), ref.name());
    }

    private Optional<Duration> again(SyncId id, Errand errand, Conclusion conclusion) {
        if (conclusion.retry()) {
            return Optional.of(backoff.next(id, errand.rerun()));
        }
        backoff.reset(id);
        return errand.rerun();
    }

    private Conclusion run(Seen seen, Errand errand, ReconcileLog log) throws ApiException, InterruptedException {
        Subject subject = seen.subject();
        SubjectRef ref = subject.ref();
        adopt(subject, errand);
        Subject noted = edit(subject, errand.before());
        List<Written> written = new ArrayList<>();
        for (Part part : errand.syncs()) {
            long started = time.nanos();
            Outcome outcome = engine.run(part.sync(), new Trigger(seen.seenAt(), Priority.INTERACTIVE));
            written.add(new Written(part, outcome, Duration.ofNanos(time.nanos() - started)));
        }
        Results results = new Results(written, prune(ref, errand, written));
        Conclusion conclusion = dialect.conclude(noted, errand, results);
        log.write(conclusion.log());
        conclusion.events().forEach(note -> events.write(noted.forEvents(), note));
        // Before the object is edited, which may fail though its places have been taken.
        conclusion.secondLook().ifPresent(look -> looks.plan(ref, look));
        Subject done = edit(noted, conclusion.after());
        if (!dialect.concerns(done)) {
            subjects.settled(done);
            forget(ref);
        }
        return conclusion;
    }

    private Subject edit(Subject subject, MetadataEdit edit) throws ApiException, InterruptedException {
        if (edit.isNothing()) {
            return subject;
        }
        Subject edited = subject;
        subjects.editing(subject.after(edit, subject.resourceVersion()));
        try {
            edited = writer.write(subject, edit);
            return edited;
        } finally {
            subjects.edited(edited);
        }
    }

    /** Others may want what is removed; they are told when it is free. */
    private List<Removed> prune(SubjectRef ref, Errand errand, List<Written> written) throws InterruptedException {
        boolean complete = written.stream().map(Written::outcome).allMatch(dialect::isDone);
        List<Removed> removed = new ArrayList<>();
        for (Pruning pruning : errand.removals()) {
            if (complete || !pruning.replaced()) {
                removed.add(new Removed(pruning, engine.remove(pruning.removal())));
                wake(ref, claims.claimants(pruning.removal().place()));
            }
        }
        return removed;
    }

    /** Takes up the parts that the object has now, and lets go of those it has no more. */
    private void adopt(Subject subject, Errand errand) {
        Set<SyncId> now = new HashSet<>();
        for (Part part : errand.syncs()) {
            Sync sync = part.sync();
            now.add(sync.id());
            wake(subject.ref(), claims.claim(new Claim(sync.id(), subject.uid(), subject.created()), part.place()));
        }
        Set<SyncId> before = parts.put(subject.ref(), now);
        if (before != null) {
            before.stream().filter(id -> !now.contains(id)).forEach(id -> drop(subject.ref(), id));
        }
    }

    private void forget(SubjectRef ref) {
        Set<SyncId> before = parts.remove(ref);
        if (before != null) {
            before.forEach(id -> drop(ref, id));
        }
        looks.forget(ref);
        SyncId id = id(ref);
        backoff.reset(id);
        observer.gone(id);
        dialect.forget(ref);
    }

    private void drop(SubjectRef ref, SyncId id) {
        engine.forget(id);
        wake(ref, claims.release(id));
    }

    private void wake(SubjectRef but, List<SyncId> ids) {
        for (SyncId id : ids) {
            SubjectKind.named(id.kind())
                    .map(kind -> new SubjectRef(kind, id.namespace(), id.name()))
                    .filter(ref -> !ref.equals(but))
                    .ifPresent(wake);
        }
    }

    private SyncId id(SubjectRef ref) {
        return new SyncId(dialect.name(), ref.kind().kind(), ref.namespace(), ref.name(), "");
    }
}
