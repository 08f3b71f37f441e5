package io.keyferry.engine;

import java.time.Duration;

/** Is told what comes of syncs, for metrics. Called by many threads; must not block. */
@FunctionalInterface
public interface EngineObserver {
    /** A target was written this long after the change of a remote secret was seen. */
    void propagated(String dialect, Duration delay);
}
