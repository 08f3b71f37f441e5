package io.keyferry.engine.time;

import java.time.Duration;

/** Runs things later. What it runs is short and never blocks. */
public interface Timers {
    /** Runs {@code task} once after {@code delay}, unless cancelled before. */
    Timer after(Duration delay, Runnable task);

    /** One task that waits for its time. */
    interface Timer {
        /** Makes sure the task does not start any more; it may be running already. */
        void cancel();
    }
}
