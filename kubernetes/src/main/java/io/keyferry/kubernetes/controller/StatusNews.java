package io.keyferry.kubernetes.controller;

import io.keyferry.engine.read.SyncId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which statuses are to be written. What an object was last seen to have is not what it has if its last status was given away
 * to be written and has not come back yet. For one thread per object.
 */
final class StatusNews {
    /** The statuses given away and not seen on their objects since. */
    private final Map<SyncId, Object> underway = new ConcurrentHashMap<>();

    /** Whether the report's status is to be written; counts as given away if so. */
    boolean isNews(SyncId id, Report report) {
        if (!report.isKnown()) {
            underway.put(id, report.status());
            return true;
        }
        Object before = underway.remove(id);
        return before != null && !before.equals(report.status());
    }

    void forget(SyncId id) {
        underway.remove(id);
    }
}
