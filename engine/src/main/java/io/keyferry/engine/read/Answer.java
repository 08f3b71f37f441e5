package io.keyferry.engine.read;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreFailure;

/** What the read plane knows about a key. */
sealed interface Answer {
    /** What a dependent remembers of the answer, to be woken when it is no longer so. */
    State state();

    /** The store's answer. */
    record Read(Reading reading, Fingerprint fingerprint) implements Answer {
        @Override
        public State state() {
            return new State.Known(fingerprint);
        }
    }

    /** The store gave none. */
    record Failed(StoreFailure failure) implements Answer {
        @Override
        public State state() {
            return new State.Failing(failure.kind(), failure.phase(), failure.reason());
        }
    }

    /** An answer without its content. */
    sealed interface State {
        /** A reading with this fingerprint. */
        record Known(Fingerprint fingerprint) implements State {}

        /** A failure of this kind; its wording does not matter. */
        record Failing(StoreFailure.Kind kind, StoreFailure.Phase phase, String reason) implements State {}
    }
}
