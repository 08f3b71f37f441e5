package io.keyferry.engine.target;

/**
 * Stands before every write of a process that may write only as long as it leads: one that stood still for a while may go on
 * in the middle of its work when another has taken over already.
 */
@FunctionalInterface
public interface WriteFence {
    /** Returns if this process may still write; ends the process if it may not. */
    void check();

    /** For a process that nobody takes over from. */
    static WriteFence none() {
        return () -> {};
    }
}
