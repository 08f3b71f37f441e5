package io.keyferry.engine.store;

import java.time.Duration;

/** How the read plane learns that what it read is no longer so. */
public sealed interface Following {
    /**
     * By reading it again.
     *
     * @param patient whether it is tried no more often while it fails than it is polled, in the long run
     * @param reuse how old an answer may be for whoever asks, a failure included
     */
    record Polled(boolean patient, Duration reuse) implements Following {
        public Polled(boolean patient) {
            this(patient, Duration.ZERO);
        }

        public Polled() {
            this(false);
        }
    }

    /**
     * By reading it again, and it tells about others. What was read last stands while it cannot be read.
     *
     * @param fresh how old it may be for whoever asks
     */
    record Telling(Duration fresh) implements Following {}

    /**
     * By being told, or never because it does not change.
     *
     * @see io.keyferry.engine.read.ReadPlane#changed
     */
    record Announced() implements Following {}

    /**
     * By a listing that tells the versions of many secrets at once: an {@link Reading.Inventory}. What the listing does
     * not tell about is polled.
     *
     * @param lag how long the listing may go on telling what was
     */
    record Told(Access access, Reference listing, Duration lag) implements Following {}
}
