package io.keyferry.kubernetes.controller;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.Refresh;
import io.keyferry.engine.content.Problem;

/** How reconciling an object ended. */
public sealed interface Result {
    /** The object makes no sense. */
    record Invalid(Problem problem) implements Result {}

    /**
     * The object's sync ran.
     *
     * @param refresh how often the sync looks again
     * @param first whether this was the first run since the object was created or edited
     */
    record Ran(Outcome outcome, Refresh refresh, boolean first) implements Result {}
}
