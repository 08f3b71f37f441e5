package io.keyferry.store.vault;

import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the operator's policy turned out to forbid, by path; it is tried again after a while. */
final class Rights {
    /** What a policy need not allow. */
    enum Right {
        /** Writing custom metadata. */
        MARK,
        /** Deleting one version rather than the latest. */
        DELETE_VERSION,
        /** Deleting all versions and metadata. */
        DELETE_ALL
    }

    private record Key(String path, Right right) {}

    private static final Duration STANDS = Duration.ofMinutes(10);

    private final TimeSource time;
    private final Map<Key, Long> forbidden = new ConcurrentHashMap<>();

    Rights(TimeSource time) {
        this.time = time;
    }

    void forbid(KvPath path, Right right) {
        forbidden.put(new Key(path.data(), right), time.nanos());
    }

    /** Whether it is worth trying. */
    boolean mayBe(KvPath path, Right right) {
        if (path.version() != 2) {
            return false;
        }
        Long since = forbidden.get(new Key(path.data(), right));
        return since == null || time.nanos() - since >= STANDS.toNanos();
    }
}
