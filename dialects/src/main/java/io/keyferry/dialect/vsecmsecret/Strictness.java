package io.keyferry.dialect.vsecmsecret;

/** What a rule that Safe does not enforce itself does to who breaks it. */
public enum Strictness {
    /** Nothing. */
    OFF,
    /** A condition and an event say so; the Secret is written. */
    WARN,
    /** The object is not ready, and its Secret stays as it is. */
    ENFORCE
}
