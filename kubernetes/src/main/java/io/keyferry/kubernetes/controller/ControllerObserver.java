package io.keyferry.kubernetes.controller;

import io.keyferry.engine.read.SyncId;
import java.time.Duration;

/** Is told of reconciles, for metrics. Called by many threads; must not block. */
public interface ControllerObserver {
    /** How a reconcile ended, in controller-runtime's words. */
    enum Ending {
        SUCCESS("success"),
        REQUEUE_AFTER("requeue_after"),
        ERROR("error");

        private final String text;

        Ending(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** A reconcile of an object ended. */
    void reconciled(SyncId id, Ending ending, Duration took);

    /**
     * An object is in a state from now on.
     *
     * @param state one of a few words, for example {@code ready}
     */
    void settled(SyncId id, String state);

    /** An object is gone. */
    void gone(SyncId id);
}
