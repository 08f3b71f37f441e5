package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.Removal;
import io.keyferry.engine.Sync;
import io.keyferry.engine.content.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an object asks for, all that is to be done about it.
 *
 * @param problem what makes no sense about it; nothing is written or removed then
 * @param before what must stand on the object before anything is written
 * @param syncs what to write; none holds up another
 * @param removals what to remove, after all has been written
 * @param rerun after how long to look again though nothing woke the object
 */
public record Errand(
        Optional<Problem> problem,
        MetadataEdit before,
        List<Part> syncs,
        List<Pruning> removals,
        Optional<Duration> rerun) {
    /**
     * One thing to write.
     *
     * @param place what it claims, so that no two objects write it
     */
    public record Part(Sync sync, String place) {}

    /**
     * One thing to remove.
     *
     * @param replaced whether it is to stay until everything has been written, because that takes its place
     */
    public record Pruning(Removal removal, boolean replaced) {}

    public Errand {
        syncs = List.copyOf(syncs);
        removals = List.copyOf(removals);
    }

    /** Nothing to write and nothing to remove, but perhaps something to note on the object. */
    public static Errand noting(MetadataEdit edit) {
        return new Errand(Optional.empty(), edit, List.of(), List.of(), Optional.empty());
    }
}
