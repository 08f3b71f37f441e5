package io.keyferry.dialect.vsecmsecret;

import io.keyferry.dialect.vsecmsecret.Conditions.Readiness;
import io.keyferry.engine.Outcome;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.controller.LogLine;
import io.keyferry.kubernetes.controller.Report;
import io.keyferry.kubernetes.controller.Result;
import io.keyferry.kubernetes.event.EventNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns results into events, log lines and status. The original had none but its log. */
final class VSecMSecretReports {
    private static final String SYNCED = "the Secret holds what Safe holds";

    /** Notices that are told by the condition {@code Ready} itself. */
    private static final String BLANKED = VSecMSecretRecipe.BLANKED;

    /** The store's reasons that say nothing of Safe but that it cannot be asked. */
    private static final Set<String> UNREACHED = Set.of("NotReady", "IdentityUnavailable");

    private final VSecMSecretSettings settings;
    private final Successes successes;
    private final Conditions conditions;

    VSecMSecretReports(VSecMSecretSettings settings, TimeSource time) {
        this.settings = settings;
        this.successes = new Successes(time);
        this.conditions = new Conditions(time);
    }

    /** @param remarks what is worth knowing of the object beside what came of it */
    Report report(VSecMSecret object, Result result, List<Notice> remarks) {
        Readiness readiness = readiness(object, result);
        if (readiness.isReady()) {
            successes.succeeded(namespace(object), name(object));
        }
        List<Notice> notices = new ArrayList<>(notices(result));
        notices.removeIf(notice -> notice.subject().equals(BLANKED));
        notices.addAll(remarks);
        Policies.of(object.getMetadata().getAnnotations(), settings)
                .problem()
                .ifPresent(problem -> notices.add(new Notice("InvalidPolicy", problem)));
        VSecMSecretStatus status = new VSecMSecretStatus(
                object.getMetadata().getGeneration(), conditions.of(object, readiness, interval(object), notices));
        return new Report(
                status,
                status.equals(object.getStatus()),
                events(object, result, readiness, notices),
                log(result, readiness));
    }

    Optional<Instant> lastSuccess(VSecMSecret object) {
        return successes.last(namespace(object), name(object));
    }

    Readiness readiness(VSecMSecret object, Result result) {
        return problem(result).map(problem -> unready(object, problem)).orElseGet(() -> Readiness.ready(SYNCED));
    }

    private Readiness unready(VSecMSecret object, Problem problem) {
        boolean lost = UNREACHED.contains(problem.reason())
                && problem.details().containsKey(SafeReader.SAFE)
                && successes.isOverdue(
                        namespace(object), name(object), interval(object).period());
        return lost
                ? Readiness.unknown(new Problem(
                        problem.reason(), "for three intervals: %s".formatted(problem.message()), problem.details()))
                : Readiness.not(problem);
    }

    RefreshInterval interval(VSecMSecret object) {
        return RefreshInterval.parse(Wish.spec(object).refreshInterval(), settings.shortestInterval());
    }

    void forget(String namespace, String name) {
        successes.forget(namespace, name);
    }

    private static Optional<Problem> problem(Result result) {
        return switch (result) {
            case Result.Invalid invalid -> Optional.of(invalid.problem());
            case Result.Ran ran ->
                ran.outcome().obstacle().or(() -> blanked(ran.outcome().notices()));
        };
    }

    private static Optional<Problem> blanked(List<Notice> notices) {
        return notices.stream()
                .filter(notice -> notice.subject().equals(BLANKED))
                .findFirst()
                .map(notice -> new Problem(notice.subject(), notice.message()));
    }

    private static List<Notice> notices(Result result) {
        return result instanceof Result.Ran ran ? ran.outcome().notices() : List.of();
    }

    private List<EventNote> events(VSecMSecret object, Result result, Readiness readiness, List<Notice> notices) {
        List<EventNote> events = new ArrayList<>();
        change(result)
                .map(change -> change.creates()
                        ? new EventNote(EventNote.Type.NORMAL, "Created", "Secret has been created.")
                        : new EventNote(EventNote.Type.NORMAL, "Updated", "Secret has been updated."))
                .ifPresent(events::add);
        if (!readiness.isReady()) {
            events.add(warning(readiness.why().reason(), readiness.why().message()));
        }
        Conditions.news(object, notices).forEach(notice -> events.add(warning(notice.subject(), notice.message())));
        if (result instanceof Result.Invalid || (result instanceof Result.Ran ran && ran.first())) {
            events.addAll(ofTheObject(object));
        }
        return events;
    }

    /** What is odd about what was written, told once for each edit. */
    private List<EventNote> ofTheObject(VSecMSecret object) {
        List<EventNote> events = new ArrayList<>();
        RefreshInterval interval = interval(object);
        if (!interval.isScheduled()) {
            events.add(warning(
                    interval.remark().reason(),
                    interval.remark().message() + "; until then it is not looked at again by the clock"));
        }
        var repeated = Wish.repeated(Wish.spec(object));
        if (!repeated.isEmpty()) {
            events.add(warning(
                    "RepeatedKey",
                    "of keys that are given more than once the last counts: "
                            + repeated.stream().map(OneLine::of).collect(Collectors.joining(", ", "[", "]"))));
        }
        return events;
    }

    private static List<LogLine> log(Result result, Readiness readiness) {
        List<LogLine> lines = new ArrayList<>();
        change(result)
                .map(change -> LogLine.info((change.creates() ? "created secret: " : "updated secret: ") + change))
                .ifPresent(lines::add);
        if (!readiness.isReady()) {
            lines.add(LogLine.error("Reconciler error", readiness.why().message()));
        }
        return lines;
    }

    private static Optional<Change> change(Result result) {
        return result instanceof Result.Ran ran && ran.outcome() instanceof Outcome.Applied applied
                ? Optional.of(applied.change())
                : Optional.empty();
    }

    private static EventNote warning(String reason, String message) {
        return new EventNote(EventNote.Type.WARNING, reason, message);
    }

    private static String namespace(VSecMSecret object) {
        return object.getMetadata().getNamespace();
    }

    private static String name(VSecMSecret object) {
        return object.getMetadata().getName();
    }
}
