package io.keyferry.engine.time;

import java.time.Duration;

/** Runs a task at once when it is asked for, but no two runs closer than a pause; what is asked for in it comes at its end. */
public final class Throttle {
    private final Duration pause;
    private final Runnable task;
    private final TimeSource time;
    private final Timers timers;
    private long allowedAt;
    private boolean isPlanned;

    /** @param task is short and never blocks */
    public Throttle(Duration pause, Runnable task, TimeSource time, Timers timers) {
        this.pause = pause;
        this.task = task;
        this.time = time;
        this.timers = timers;
        this.allowedAt = time.nanos();
    }

    /** Makes sure that the task runs after now. */
    public void ask() {
        if (mayRunNow()) {
            task.run();
        }
    }

    private synchronized boolean mayRunNow() {
        if (isPlanned) {
            return false;
        }
        long wait = allowedAt - time.nanos();
        if (wait > 0) {
            isPlanned = true;
            timers.after(Duration.ofNanos(wait), this::runLater);
            return false;
        }
        ran();
        return true;
    }

    private void runLater() {
        ran();
        task.run();
    }

    private synchronized void ran() {
        isPlanned = false;
        allowedAt = time.nanos() + pause.toNanos();
    }
}
