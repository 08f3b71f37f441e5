package io.keyferry.engine.store;

import java.time.Duration;

/** How the read plane learns that what it read is no longer so. */
public sealed interface Following {
    /** By reading it again. */
    record Polled() implements Following {}

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
