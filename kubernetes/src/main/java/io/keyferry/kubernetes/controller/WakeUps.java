package io.keyferry.kubernetes.controller;

import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.read.WakeListener;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Passes wake-ups on to the dialects they concern. */
public final class WakeUps implements WakeListener {
    private final Map<String, Consumer<SyncId>> sources = new ConcurrentHashMap<>();

    void register(String dialect, WakeSource<?> source) {
        register(dialect, id -> source.wake(id.namespace(), id.name()));
    }

    /** @param listener hears which of the dialect's syncs have to run again; must not block */
    public void register(String dialect, Consumer<SyncId> listener) {
        sources.put(dialect, listener);
    }

    @Override
    public void wake(Collection<SyncId> ids) {
        for (SyncId id : ids) {
            Consumer<SyncId> source = sources.get(id.dialect());
            if (source != null) {
                source.accept(id);
            }
        }
    }
}
