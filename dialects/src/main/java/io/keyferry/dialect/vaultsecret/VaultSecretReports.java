package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.controller.LogLine;
import io.keyferry.kubernetes.controller.Report;
import io.keyferry.kubernetes.controller.Result;
import io.keyferry.kubernetes.event.EventNote;
import io.keyferry.kubernetes.status.Condition;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Turns results into events, log lines and status: the original operator's, and a condition on top. */
public final class VaultSecretReports {
    private static final String SYNCED = "Synced";
    private static final String SYNCED_MESSAGE = "the Secret holds what Vault holds";

    private final TimeSource time;
    private final boolean statusOnChange;

    public VaultSecretReports(TimeSource time, VaultSecretOptions options) {
        this.time = time;
        this.statusOnChange = options.statusOnChange();
    }

    Report report(VaultSecret object, Result result) {
        return switch (result) {
            case Result.Invalid invalid ->
                failed(
                        object,
                        invalid.problem(),
                        List.of(warning("invalid resource", invalid.problem())),
                        List.of(LogLine.error("validate", invalid.problem().message())));
            case Result.Ran ran -> report(object, ran.outcome());
        };
    }

    private Report report(VaultSecret object, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied applied -> applied(object, applied);
            case Outcome.Unchanged unchanged ->
                report(object, unchanged(object), List.of(), lines(unchanged.notices()));
            case Outcome.Held held -> rejected(object, held.problem(), lines(held.notices()));
            case Outcome.Rejected rejected -> rejected(object, rejected.problem(), List.of());
            case Outcome.SourceFailed failed ->
                failed(
                        object,
                        failed.problem(),
                        events(failed.problem()),
                        List.of(LogLine.error(
                                "Reconciler error", failed.problem().message())));
            case Outcome.TargetFailed failed -> {
                List<LogLine> log = lines(failed.notices());
                log.add(LogLine.error("Reconciler error", failed.problem().message()));
                yield failed(object, failed.problem(), List.of(), log);
            }
        };
    }

    /** The original tells nobody of an address that makes no sense to a ServiceAccount's login. */
    private static List<EventNote> events(Problem problem) {
        if (problem.message().startsWith("get auth service account: ")) {
            return List.of();
        }
        return List.of(
                warning(Reason.VAULT_FAILED.isReasonOf(problem) ? "vault failed" : "vault read failed", problem));
    }

    private Report applied(VaultSecret object, Outcome.Applied applied) {
        boolean created = applied.change().creates();
        EventNote event = created
                ? new EventNote(EventNote.Type.NORMAL, "created", "Secret has been created.")
                : new EventNote(EventNote.Type.NORMAL, "updated", "Secret has been updated.");
        List<LogLine> log = lines(applied.notices());
        log.add(LogLine.info((created ? "Secret created: " : "Secret updated: ") + applied.change()));
        return report(object, ready(object), List.of(event), log);
    }

    private Report rejected(VaultSecret object, Problem problem, List<LogLine> notices) {
        List<LogLine> log = new ArrayList<>(notices);
        log.add(LogLine.info("sync rejected: " + problem.message()));
        return failed(object, problem, List.of(warning("sync rejected", problem)), log);
    }

    private Report failed(VaultSecret object, Problem problem, List<EventNote> events, List<LogLine> log) {
        VaultSecretStatus before = object.getStatus();
        String lastUpdated = before == null || before.lastUpdated() == null ? "" : before.lastUpdated();
        VaultSecretStatus status = status(object, lastUpdated, "False", problem.reason(), problem.message());
        return report(object, status, events, log);
    }

    private static Report report(
            VaultSecret object, VaultSecretStatus status, List<EventNote> events, List<LogLine> log) {
        return new Report(status, status.equals(object.getStatus()), events, log);
    }

    /** With the new time, unless the time is only to tell of changes and the status says all the rest. */
    private VaultSecretStatus unchanged(VaultSecret object) {
        VaultSecretStatus before = object.getStatus();
        if (!statusOnChange
                || before == null
                || before.lastUpdated() == null
                || before.lastUpdated().isEmpty()) {
            return ready(object);
        }
        VaultSecretStatus same = status(object, before.lastUpdated(), "True", SYNCED, SYNCED_MESSAGE);
        return same.equals(before) ? same : ready(object);
    }

    private VaultSecretStatus ready(VaultSecret object) {
        return status(object, now(), "True", SYNCED, SYNCED_MESSAGE);
    }

    private VaultSecretStatus status(
            VaultSecret object, String lastUpdated, String ready, String reason, String message) {
        VaultSecretStatus before = object.getStatus();
        Long generation = object.getMetadata().getGeneration();
        return new VaultSecretStatus(
                lastUpdated,
                generation,
                List.of(Condition.after(
                        before == null ? null : before.conditions(),
                        Condition.READY,
                        ready,
                        new Problem(reason, message),
                        generation,
                        time.now())));
    }

    private String now() {
        return time.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static EventNote warning(String reason, Problem problem) {
        return new EventNote(EventNote.Type.WARNING, reason, problem.message());
    }

    private static List<LogLine> lines(List<Notice> notices) {
        List<LogLine> lines = new ArrayList<>();
        notices.forEach(notice -> lines.add(LogLine.error(notice.subject(), notice.message())));
        return lines;
    }
}
