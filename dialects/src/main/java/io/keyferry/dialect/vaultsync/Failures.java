package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.content.Problem;
import io.keyferry.kubernetes.annotated.Results.Written;
import java.util.Optional;

/** What is wrong with a part, in the original's words. */
final class Failures {
    private Failures() {}

    /** Empty if nothing is. */
    static Optional<Problem> of(Written written, Request request) {
        return switch (written.outcome()) {
            case Outcome.Applied _, Outcome.Unchanged _ -> Optional.empty();
            case Outcome.Held held -> Optional.of(held.problem());
            case Outcome.Rejected rejected ->
                Optional.of(rejected.problem()).filter(problem -> !Reason.NOTHING_TO_WRITE.isOf(problem));
            case Outcome.SourceFailed failed -> Optional.of(failed.problem());
            case Outcome.TargetFailed failed -> Optional.of(outer(written, request, failed.problem()));
        };
    }

    private static Problem outer(Written written, Request request, Problem problem) {
        String what = request instanceof Request.Discovered
                ? "failed to write secret %s to vault: "
                        .formatted(written.part().sync().id().part())
                : "failed to write secret to vault: ";
        return new Problem(problem.reason(), what + problem.message(), problem.details());
    }
}
