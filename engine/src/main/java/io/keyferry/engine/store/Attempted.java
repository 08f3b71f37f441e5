package io.keyferry.engine.store;

/** What came of asking for one of several references. */
public sealed interface Attempted {
    /** The store's answer. */
    record Answered(Reading reading) implements Attempted {}

    /** The store gave none. */
    record Refused(StoreFailure failure) implements Attempted {}
}
