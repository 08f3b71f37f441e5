package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change.Section;
import io.keyferry.engine.target.Target;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.annotated.Conclusion;
import io.keyferry.kubernetes.annotated.Errand;
import io.keyferry.kubernetes.annotated.MetadataEdit;
import io.keyferry.kubernetes.annotated.Results;
import io.keyferry.kubernetes.annotated.Results.Removed;
import io.keyferry.kubernetes.annotated.Results.Written;
import io.keyferry.kubernetes.annotated.SecondLook;
import io.keyferry.kubernetes.annotated.Subject;
import io.keyferry.kubernetes.annotated.SubjectRef;
import io.keyferry.kubernetes.controller.LogLine;
import io.keyferry.kubernetes.event.EventNote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what came of errands into events, log lines, metrics and annotations. */
public final class VaultSyncReports {
    /** Longer than any writer waits for another one's mark. */
    private static final Duration UNTIL_CERTAIN = Duration.ofSeconds(15);

    private final VaultSyncSettings settings;
    private final Bookkeeping books;
    private final Measurements measurements;
    private final TimeSource time;

    public VaultSyncReports(
            VaultSyncSettings settings, SecretVersions versions, VaultSyncMetrics metrics, TimeSource time) {
        this.settings = settings;
        this.books = new Bookkeeping(versions);
        this.measurements = new Measurements(metrics);
        this.time = time;
    }

    Conclusion conclude(Subject subject, Errand errand, Results results, Request request) {
        measurements.take(subject, errand, results, request);
        if (request instanceof Request.None) {
            return new Conclusion(MetadataEdit.nothing(), List.of(), List.of(), "released", false, Optional.empty());
        }
        Account account = new Account();
        Interval.of(subject.annotation(Notes.RECONCILE))
                .problem()
                .ifPresent(
                        problem -> account.lines.add(LogLine.error("failed to parse reconcile annotation", problem)));
        errand.problem().ifPresent(account::failed);
        results.written().forEach(written -> account.written(written, Failures.of(written, request)));
        results.removed().forEach(account::removed);
        return subject.isBeingDeleted() ? left(subject, account) : stayed(subject, errand, results, request, account);
    }

    void forget(SubjectRef subject) {
        measurements.forget(subject);
    }

    private Conclusion stayed(Subject subject, Errand errand, Results results, Request request, Account account) {
        if (account.isIdle() && !results.written().isEmpty()) {
            account.lines.add(LogLine.info("no secret changes detected, skipping vault sync"));
        }
        if (Versions.parse(subject.annotation(Notes.VERSIONS)).isEmpty()) {
            account.lines.add(LogLine.error(
                    "failed to parse secret-versions annotation",
                    "it is no JSON object of versions, and written anew"));
        }
        Map<String, Optional<String>> annotations = new HashMap<>();
        if (errand.problem().isEmpty()) {
            annotations.putAll(books.close(subject, results, request));
        }
        ObjectStatus.next(subject, account.problem(), time.now())
                .ifPresent(status -> annotations.put(Notes.STATUS, Optional.of(status)));
        return new Conclusion(
                new MetadataEdit(annotations, Optional.empty()),
                account.events,
                account.lines,
                account.state(),
                account.retry,
                secondLook(results));
    }

    private Conclusion left(Subject subject, Account account) {
        boolean givesUp = account.retry && isPastPatience(subject);
        if (givesUp) {
            account.warn(Reason.GAVE_UP.problem(
                    "vault paths of this object are left behind: vault could not be reached for too long"));
        }
        boolean leaves = !account.retry || givesUp;
        return new Conclusion(
                leaves ? VaultSyncDialect.released(subject) : MetadataEdit.nothing(),
                account.events,
                account.lines,
                leaves ? "released" : "target_failed",
                !leaves,
                Optional.empty());
    }

    /** A mark has no lock: whoever took a path makes sure later that nobody took it at the same time. */
    private static Optional<SecondLook> secondLook(Results results) {
        List<Target> taken = results.written().stream()
                .filter(written -> written.outcome() instanceof Outcome.Applied applied
                        && applied.change().touches(Section.OWNER))
                .map(written -> written.part().sync().target())
                .toList();
        return taken.isEmpty() ? Optional.empty() : Optional.of(new SecondLook(UNTIL_CERTAIN, taken));
    }

    private boolean isPastPatience(Subject subject) {
        Instant now = time.now();
        return settings.giveUp().isPresent()
                && subject.deleted()
                        .filter(since -> Duration.between(since, now)
                                        .compareTo(settings.giveUp().get())
                                > 0)
                        .isPresent();
    }

    /** What is gathered while results are gone through. */
    private static final class Account {
        final List<EventNote> events = new ArrayList<>();
        final List<LogLine> lines = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private boolean wrote;
        private String state = "ready";
        boolean retry;

        boolean isIdle() {
            return !wrote && problems.isEmpty();
        }

        String state() {
            return state;
        }

        Optional<Problem> problem() {
            return problems.stream().findFirst();
        }

        void failed(Problem problem) {
            state = "invalid";
            tell(problem);
        }

        void written(Written written, Optional<Problem> problem) {
            String path = written.part().place();
            switch (written.outcome()) {
                case Outcome.Applied applied -> {
                    wrote = true;
                    int keys = applied.change().content().data().size();
                    written.part()
                            .sync()
                            .target()
                            .owner()
                            .flatMap(mine -> Takeover.of(applied.change(), mine, path))
                            .ifPresent(this::warn);
                    events.add(new EventNote(
                            EventNote.Type.NORMAL,
                            Reason.SYNCED.text(),
                            "wrote %d keys to vault path %s".formatted(keys, path)));
                    lines.add(LogLine.info("synced secrets to vault")
                            .with(Map.of(
                                    "path", path, "change", applied.change().toString())));
                }
                case Outcome.Unchanged _ -> {}
                case Outcome.Held _ -> problem.ifPresent(held -> retried("held", held));
                case Outcome.Rejected _ ->
                    problem.ifPresent(rejected -> {
                        state = "rejected";
                        tell(rejected);
                    });
                case Outcome.SourceFailed _ -> problem.ifPresent(failed -> retried("source_failed", failed));
                case Outcome.TargetFailed _ -> problem.ifPresent(failed -> retried("target_failed", failed));
            }
        }

        private void retried(String now, Problem problem) {
            state = now;
            retry = true;
            tell(problem);
        }

        void removed(Removed removed) {
            String path = removed.pruning().removal().place();
            switch (removed.outcome()) {
                case Outcome.Applied _ -> {
                    wrote = true;
                    events.add(
                            new EventNote(EventNote.Type.NORMAL, Reason.REMOVED.text(), "removed vault path " + path));
                    lines.add(LogLine.info("removed secrets from vault").with(Map.of("path", path)));
                }
                case Outcome.Held held -> warn(held.problem());
                case Outcome.TargetFailed failed ->
                    retried(
                            "target_failed",
                            Reason.DELETE_FAILED.problem(failed.problem().message()));
                default -> {}
            }
        }

        private void tell(Problem problem) {
            problems.add(problem);
            warn(problem);
        }

        void warn(Problem problem) {
            events.add(new EventNote(EventNote.Type.WARNING, problem.reason(), problem.message()));
            String keys = problem.details().get(Reason.AVAILABLE);
            LogLine line = LogLine.error("Reconciler error", problem.message());
            lines.add(keys == null ? line : line.with(Map.of(Reason.AVAILABLE, keys)));
        }
    }
}
