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
     * @param settled whether the object's status says that it has been written, which decides between objects of one age
     */
    record Ready(Sync sync, SecretName target, boolean settled) implements Compiled {
        /** Of an object whose Secret shows whose it is. */
        public Ready(Sync sync, SecretName target) {
            this(sync, target, false);
        }
    }

    /** Something that makes no sense; only an edit helps. */
    record Invalid(Problem problem) implements Compiled {}
}
