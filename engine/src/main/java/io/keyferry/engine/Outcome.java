package io.keyferry.engine;

import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change;
import java.util.List;
import java.util.Optional;

/** How running a sync ended. */
public sealed interface Outcome {
    /** What the recipe had to tell, if it came to an end. */
    default List<Notice> notices() {
        return List.of();
    }

    /** What stands in the way of the target being as it should. */
    default Optional<Problem> obstacle() {
        return switch (this) {
            case Applied _, Unchanged _ -> Optional.empty();
            case Held held -> Optional.of(held.problem());
            case Rejected rejected -> Optional.of(rejected.problem());
            case SourceFailed failed -> Optional.of(failed.problem());
            case TargetFailed failed -> Optional.of(failed.problem());
        };
    }

    /** The target was written. */
    record Applied(Change change, List<Notice> notices) implements Outcome {}

    /** The target already held the content. */
    record Unchanged(List<Notice> notices) implements Outcome {}

    /** The guard objected; the target is as it was. */
    record Held(Problem problem, List<Notice> notices) implements Outcome {}

    /** What the user asked for cannot be done; nothing was touched. */
    record Rejected(Problem problem) implements Outcome {}

    /** Sources are in the way; the read plane watches them and wakes the object when they change. */
    record SourceFailed(Problem problem) implements Outcome {}

    /** The target could not be observed or written; the caller tries again later. */
    record TargetFailed(Problem problem, List<Notice> notices) implements Outcome {}
}
