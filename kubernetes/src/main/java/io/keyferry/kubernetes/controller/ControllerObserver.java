package io.keyferry.kubernetes.controller;

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

    /** @param controller the dialect's name */
    void reconciled(String controller, Ending ending, Duration took);
}
