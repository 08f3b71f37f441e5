package io.keyferry.kubernetes.controller;

import io.keyferry.engine.Sync;
import io.keyferry.engine.content.Problem;
import io.keyferry.kubernetes.secret.SecretName;

/** What an object asks for. */
public sealed interface Compiled {
    /**
     * Something that can be done.
     *
     * @param target the Secret that {@code sync} writes
     */
    record Ready(Sync sync, SecretName target) implements Compiled {}

    /** Something that makes no sense; only an edit helps. */
    record Invalid(Problem problem) implements Compiled {}
}
