package io.keyferry.store.vault;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The conversation of each address and identity; nothing passes from one to another. Idle ones are forgotten. */
final class Conversations {
    static final Duration IDLE = Duration.ofHours(2);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);

    /** Begins a conversation. */
    @FunctionalInterface
    interface Beginning {
        Conversation of(Access access) throws StoreException;
    }

    private static final class Entry {
        final Conversation conversation;
        long usedNanos;

        Entry(Conversation conversation) {
            this.conversation = conversation;
        }
    }

    private final TimeSource time;
    private final Beginning beginning;
    private final Map<Access, Entry> entries = new HashMap<>();
    private long sweptNanos;

    Conversations(TimeSource time, Beginning beginning) {
        this.time = time;
        this.beginning = beginning;
        this.sweptNanos = time.nanos();
    }

    synchronized Conversation with(Access access) throws StoreException {
        long now = time.nanos();
        if (now - sweptNanos >= BETWEEN_SWEEPS.toNanos()) {
            entries.values().removeIf(entry -> now - entry.usedNanos >= IDLE.toNanos());
            sweptNanos = now;
        }
        Entry entry = entries.get(access);
        if (entry == null) {
            entry = new Entry(beginning.of(access));
            entries.put(access, entry);
        }
        entry.usedNanos = now;
        return entry.conversation;
    }

    synchronized int size() {
        return entries.size();
    }
}
