package io.keyferry.engine.read;

import java.util.Collection;

/** Hears which syncs have to run again because something they read changed. Must not block. */
@FunctionalInterface
public interface WakeListener {
    void wake(Collection<SyncId> ids);
}
