package io.keyferry.engine.time;

import java.time.Clock;
import java.time.Instant;

/** The time. Durations are measured with {@link #nanos}, which never goes back; {@link #now} is for showing. */
public interface TimeSource {
    /** Monotonic nanoseconds from an arbitrary origin, as {@link System#nanoTime}. */
    long nanos();

    /** The wall clock. */
    Instant now();

    /** The machine's own clocks. */
    static TimeSource system() {
        Clock clock = Clock.systemUTC();
        return new TimeSource() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return clock.instant();
            }
        };
    }
}
