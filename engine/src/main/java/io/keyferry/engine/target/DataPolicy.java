package io.keyferry.engine.target;

/** What becomes of data entries that the content does not name. */
public enum DataPolicy {
    /** They go: the target's data is the content's data. */
    REPLACE,
    /** They stay. */
    MERGE,
    /** Those that we wrote go, those of others stay; so does an owner. */
    OWN
}
