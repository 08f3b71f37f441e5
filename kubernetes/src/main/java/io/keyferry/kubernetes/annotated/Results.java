package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * What came of an {@link Errand}.
 *
 * @param written what came of each sync, in their order
 * @param removed what came of each removal, in their order; those that were not tried are left out
 */
public record Results(List<Written> written, List<Removed> removed) {
    /** @param took how long it took */
    public record Written(Errand.Part part, Outcome outcome, Duration took) {}

    /** @param outcome {@link Outcome.Unchanged} if nothing was there */
    public record Removed(Errand.Pruning pruning, Outcome outcome) {}

    public Results {
        written = List.copyOf(written);
        removed = List.copyOf(removed);
    }
}
