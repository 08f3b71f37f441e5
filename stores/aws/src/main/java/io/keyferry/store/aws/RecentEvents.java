package io.keyferry.store.aws;

import java.util.LinkedHashSet;

/** Remembers the last events, for queues bring some of them twice. For one thread. */
final class RecentEvents {
    private static final int MOST = 1_000;

    private final LinkedHashSet<String> ids = new LinkedHashSet<>();

    /** @return whether {@code id} is new; an event without an id always is */
    boolean add(String id) {
        if (id.isEmpty()) {
            return true;
        }
        if (!ids.add(id)) {
            return false;
        }
        if (ids.size() > MOST) {
            ids.removeFirst();
        }
        return true;
    }
}
