package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.content.Problem;
import io.keyferry.kubernetes.annotated.Errand;
import io.keyferry.kubernetes.annotated.Results;
import io.keyferry.kubernetes.annotated.Results.Written;
import io.keyferry.kubernetes.annotated.Subject;
import io.keyferry.kubernetes.annotated.SubjectKind;
import io.keyferry.kubernetes.annotated.SubjectRef;
import java.time.Duration;

/** Counts what came of errands, as the original counted it for Deployments and, otherwise, for Secrets. */
final class Measurements {
    private static final String UNKNOWN = "unknown";

    private final VaultSyncMetrics metrics;
    private final Complaints complaints;

    Measurements(VaultSyncMetrics metrics) {
        this.metrics = metrics;
        this.complaints = new Complaints(metrics);
    }

    void take(Subject subject, Errand errand, Results results, Request request) {
        SubjectRef ref = subject.ref();
        errand.problem()
                .filter(Reason.ANNOTATION_INVALID::isOf)
                .ifPresent(problem -> metrics.annotationUnreadable(ref.namespace(), ref.name()));
        if (request instanceof Request.Discovered discovered
                && !discovered.secrets().isEmpty()) {
            metrics.discovered(ref.namespace(), ref.name(), discovered.secrets().size());
        }
        if (results.written().isEmpty() && errand.problem().isEmpty()) {
            return;
        }
        results.written().forEach(written -> measure(ref, written));
        boolean wrote = has(results, Outcome.Applied.class);
        boolean refused = has(results, Outcome.TargetFailed.class) || has(results, Outcome.Held.class);
        boolean failed = refused
                || has(results, Outcome.SourceFailed.class)
                || errand.problem().isPresent();
        Duration took = results.written().stream().map(Written::took).reduce(Duration.ZERO, Duration::plus);
        if (ref.kind() != SubjectKind.SECRET) {
            metrics.took(ref.namespace(), ref.name(), took);
            count(ref, wrote, failed);
        } else if (wrote || refused) {
            metrics.took(ref.namespace(), ref.name(), took);
            count(ref, wrote, refused);
        }
        if (request instanceof Request.Discovered && wrote) {
            metrics.batch(results.written().size(), took);
        }
    }

    private void count(SubjectRef ref, boolean wrote, boolean failed) {
        if (wrote || failed) {
            metrics.attempted(ref.namespace(), ref.name(), !failed);
        }
    }

    private static boolean has(Results results, Class<? extends Outcome> kind) {
        return results.written().stream().map(Written::outcome).anyMatch(kind::isInstance);
    }

    private void measure(SubjectRef ref, Written written) {
        switch (written.outcome()) {
            case Outcome.Applied _ -> metrics.checked(true);
            case Outcome.Unchanged _ -> metrics.checked(false);
            case Outcome.SourceFailed failed -> complain(ref, failed.problem());
            case Outcome.TargetFailed failed ->
                complaints.writeFailed(
                        ref,
                        failed.problem().details().getOrDefault("error_type", UNKNOWN),
                        failed.problem()
                                .details()
                                .getOrDefault("path", written.part().place()));
            case Outcome.Held _, Outcome.Rejected _ -> {}
        }
    }

    private void complain(SubjectRef ref, Problem problem) {
        String namespace = problem.details().getOrDefault(Reason.NAMESPACE, UNKNOWN);
        String secret = problem.details().getOrDefault(Reason.SECRET, UNKNOWN);
        if (Reason.KEY_MISSING.isOf(problem)) {
            complaints.keyMissing(ref, namespace, secret, problem.details().getOrDefault(Reason.KEY, UNKNOWN));
        } else {
            complaints.secretMissing(ref, namespace, secret);
        }
    }

    void forget(SubjectRef subject) {
        metrics.forget(subject.namespace(), subject.name());
        complaints.forget(subject);
    }
}
