package io.keyferry.kubernetes.controller;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.content.Problem;
import java.time.Duration;
import java.util.Optional;

/** How reconciling an object ended. */
public sealed interface Result {
    /** The object makes no sense. */
    record Invalid(Problem problem) implements Result {}

    /**
     * The object's sync ran.
     *
     * @param refresh the sync's period
     * @param first whether this was the first run since the object was created or edited
     */
    record Ran(Outcome outcome, Optional<Duration> refresh, boolean first) implements Result {}
}
