package io.keyferry.engine;

import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change;
import java.util.List;

/** How running a sync ended. */
public sealed interface Outcome {

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
