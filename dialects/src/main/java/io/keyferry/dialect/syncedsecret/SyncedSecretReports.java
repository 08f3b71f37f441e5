package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.controller.LogLine;
import io.keyferry.kubernetes.controller.Report;
import io.keyferry.kubernetes.controller.Result;
import io.keyferry.kubernetes.event.EventNote;
import io.keyferry.kubernetes.status.Condition;
import java.util.List;

/** Turns results into events, log lines and status. The original had no events and an empty status. */
public final class SyncedSecretReports {
    private static final String SYNCED = "Synced";
    private static final String SYNCED_MESSAGE = "the Secret holds what AWS Secrets Manager holds";

    private final TimeSource time;

    public SyncedSecretReports(TimeSource time) {
        this.time = time;
    }

    Report report(SyncedSecret object, Result result) {
        return switch (result) {
            case Result.Invalid invalid -> failed(object, invalid.problem());
            case Result.Ran ran ->
                ran.outcome()
                        .obstacle()
                        .map(problem -> failed(object, problem))
                        .orElseGet(() -> succeeded(object, ran.outcome()));
        };
    }

    private Report succeeded(SyncedSecret object, Outcome outcome) {
        return outcome instanceof Outcome.Applied applied
                ? applied(object, applied)
                : report(object, ready(object, outcome.notices()), List.of(), List.of());
    }

    private Report applied(SyncedSecret object, Outcome.Applied applied) {
        boolean created = applied.change().creates();
        EventNote event = created
                ? new EventNote(EventNote.Type.NORMAL, "Created", "Secret has been created.")
                : new EventNote(EventNote.Type.NORMAL, "Updated", "Secret has been updated.");
        LogLine line = LogLine.info((created ? "created secret: " : "updated secret: ") + applied.change());
        return report(object, ready(object, applied.notices()), List.of(event), List.of(line));
    }

    private Report failed(SyncedSecret object, Problem problem) {
        SyncedSecretStatus before = object.getStatus();
        String version = before == null || before.currentVersionID() == null ? "" : before.currentVersionID();
        return report(
                object,
                status(object, version, "False", problem),
                List.of(new EventNote(EventNote.Type.WARNING, problem.reason(), problem.message())),
                List.of(LogLine.error("Reconciler error", problem.message())));
    }

    private SyncedSecretStatus ready(SyncedSecret object, List<Notice> notices) {
        String version = notices.stream()
                .filter(notice -> notice.subject().equals(SyncedSecretRecipe.VERSION))
                .map(Notice::message)
                .findFirst()
                .orElse("");
        return status(object, version, "True", new Problem(SYNCED, SYNCED_MESSAGE));
    }

    private SyncedSecretStatus status(SyncedSecret object, String version, String ready, Problem why) {
        SyncedSecretStatus before = object.getStatus();
        Long generation = object.getMetadata().getGeneration();
        return new SyncedSecretStatus(
                version,
                generation,
                List.of(Condition.after(
                        before == null ? null : before.conditions(),
                        Condition.READY,
                        ready,
                        why,
                        generation,
                        time.now())));
    }

    private static Report report(
            SyncedSecret object, SyncedSecretStatus status, List<EventNote> events, List<LogLine> log) {
        return new Report(status, status.equals(object.getStatus()), events, log);
    }
}
