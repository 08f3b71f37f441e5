package io.keyferry.dialect.vaultsync;

import io.keyferry.kubernetes.annotated.SubjectRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts errors whose series are not named after an object, and lets a series go with the last object that caused it. Of one
 * object the last {@value #MOST} stay.
 */
final class Complaints {
    private sealed interface Series {
        void count(VaultSyncMetrics metrics);

        void drop(VaultSyncMetrics metrics);
    }

    private record MissingSecret(String namespace, String secret) implements Series {
        @Override
        public void count(VaultSyncMetrics metrics) {
            metrics.secretMissing(namespace, secret);
        }

        @Override
        public void drop(VaultSyncMetrics metrics) {
            metrics.forgetSecret(namespace, secret);
        }
    }

    private record MissingKey(String namespace, String secret, String key) implements Series {
        @Override
        public void count(VaultSyncMetrics metrics) {
            metrics.keyMissing(namespace, secret, key);
        }

        @Override
        public void drop(VaultSyncMetrics metrics) {
            metrics.forgetKey(namespace, secret, key);
        }
    }

    private record FailedWrite(String errorType, String path) implements Series {
        @Override
        public void count(VaultSyncMetrics metrics) {
            metrics.writeFailed(errorType, path);
        }

        @Override
        public void drop(VaultSyncMetrics metrics) {
            metrics.forgetPath(errorType, path);
        }
    }

    static final int MOST = 100;

    private final VaultSyncMetrics metrics;
    private final Map<Series, Set<SubjectRef>> causes = new HashMap<>();

    /** The series of each object, those counted last at the end. */
    private final Map<SubjectRef, LinkedHashSet<Series>> effects = new HashMap<>();

    Complaints(VaultSyncMetrics metrics) {
        this.metrics = metrics;
    }

    void secretMissing(SubjectRef by, String namespace, String secret) {
        count(by, new MissingSecret(namespace, secret));
    }

    void keyMissing(SubjectRef by, String namespace, String secret, String key) {
        count(by, new MissingKey(namespace, secret, key));
    }

    void writeFailed(SubjectRef by, String errorType, String path) {
        count(by, new FailedWrite(errorType, path));
    }

    private synchronized void count(SubjectRef by, Series series) {
        causes.computeIfAbsent(series, one -> new HashSet<>()).add(by);
        LinkedHashSet<Series> all = effects.computeIfAbsent(by, one -> new LinkedHashSet<>());
        boolean _ = all.remove(series);
        all.add(series);
        if (all.size() > MOST) {
            release(by, all.removeFirst());
        }
        series.count(metrics);
    }

    /** The object is gone. */
    synchronized void forget(SubjectRef by) {
        Set<Series> all = effects.remove(by);
        if (all != null) {
            all.forEach(series -> release(by, series));
        }
    }

    private void release(SubjectRef by, Series series) {
        Set<SubjectRef> others = causes.get(series);
        if (others != null && others.remove(by) && others.isEmpty()) {
            causes.remove(series);
            series.drop(metrics);
        }
    }
}
