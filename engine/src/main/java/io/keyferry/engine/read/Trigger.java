package io.keyferry.engine.read;

/**
 * Why a sync runs, as far as reading goes.
 *
 * @param notBefore monotonic nanoseconds of the change that asked for the run: only what was read from then on will do
 * @param priority whether somebody is waiting
 */
public record Trigger(long notBefore, Priority priority) {
    /** Who goes first when a store has more to do than it is allowed to. */
    public enum Priority {
        /** A new or edited object. */
        INTERACTIVE,
        /** Keeping up with what is there. */
        REFRESH
    }
}
