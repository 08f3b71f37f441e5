package io.keyferry.engine.read;

import io.keyferry.engine.store.Reading;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds what the read plane keeps of values; the least recently used go first. What tells about values and holds none is
 * kept. Guarded by the read plane's lock.
 */
final class ValueCache {
    private final long limit;
    private final LinkedHashMap<KeyState, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);
    private long total;

    ValueCache(long limit) {
        this.limit = limit;
    }

    void used(KeyState state) {
        sizes.get(state);
    }

    void stored(KeyState state, Reading reading) {
        forget(state);
        if (reading instanceof Reading.Inventory || reading instanceof Reading.Principal) {
            return;
        }
        long size = size(reading);
        sizes.put(state, size);
        total += size;
        Iterator<Map.Entry<KeyState, Long>> oldest = sizes.entrySet().iterator();
        while (total > limit && oldest.hasNext()) {
            Map.Entry<KeyState, Long> entry = oldest.next();
            entry.getKey().reading = null;
            total -= entry.getValue();
            oldest.remove();
        }
    }

    void forget(KeyState state) {
        Long size = sizes.remove(state);
        if (size != null) {
            total -= size;
        }
    }

    private static long size(Reading reading) {
        return switch (reading) {
            case Reading.Found found -> found.value().length();
            case Reading.Absent absent -> 1;
            case Reading.Inventory inventory -> inventory.items().size();
            case Reading.Principal principal -> 1;
            case Reading.Listing listing ->
                listing.names().stream().mapToLong(String::length).sum();
        };
    }
}
