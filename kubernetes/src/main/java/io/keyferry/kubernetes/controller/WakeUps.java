package io.keyferry.kubernetes.controller;

import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.read.WakeListener;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Passes wake-ups on to the dialects they concern. */
public final class WakeUps implements WakeListener {
    private final Map<String, WakeSource<?>> sources = new ConcurrentHashMap<>();

    void register(String dialect, WakeSource<?> source) {
        sources.put(dialect, source);
    }

    @Override
    public void wake(Collection<SyncId> ids) {
        for (SyncId id : ids) {
            WakeSource<?> source = sources.get(id.dialect());
            if (source != null) {
                source.wake(id.namespace(), id.name());
            }
        }
    }
}
