package io.keyferry.store.aws;

import io.keyferry.engine.store.Identity;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers for a while who may not read many secrets in one call. */
final class BatchRights {
    private static final long MEMORY = Duration.ofMinutes(15).toNanos();
    private static final int MOST = 2_000;

    private final TimeSource time;
    private final Map<Identity, Long> denials = new LinkedHashMap<>();

    BatchRights(TimeSource time) {
        this.time = time;
    }

    synchronized boolean areDenied(Identity identity) {
        Long since = denials.get(identity);
        if (since != null && time.nanos() - since > MEMORY) {
            denials.remove(identity);
            return false;
        }
        return since != null;
    }

    synchronized void denied(Identity identity) {
        denials.put(identity, time.nanos());
        if (denials.size() > MOST) {
            denials.remove(denials.keySet().iterator().next());
        }
    }
}
