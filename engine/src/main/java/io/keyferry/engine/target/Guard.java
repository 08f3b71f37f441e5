package io.keyferry.engine.target;

import io.keyferry.engine.content.Problem;
import java.util.Optional;

/** Looks at a change before it is made. */
@FunctionalInterface
public interface Guard {
    /** The objection to {@code change}, if there is one. */
    Optional<Problem> check(Change change);

    /** This guard, then {@code next}: the first objection counts. */
    default Guard and(Guard next) {
        return change -> {
            Optional<Problem> problem = check(change);
            return problem.isPresent() ? problem : next.check(change);
        };
    }
}
