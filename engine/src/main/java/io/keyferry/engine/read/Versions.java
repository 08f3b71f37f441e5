package io.keyferry.engine.read;

import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Revision;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an inventory tells about versions, by the secrets' unique names and by those that their users give them. */
final class Versions {
    private final Map<String, Reading.Inventory.Item> items;
    private final Map<String, String> byId = new HashMap<>();

    Versions(Reading.Inventory inventory) {
        this.items = inventory.items();
        items.values().forEach(item -> byId.put(item.id(), item.version()));
    }

    /** The version of a secret that was read; null if it is not listed. */
    @Nullable
    String of(Revision revision) {
        return byId.get(revision.id());
    }

    /** The version of what {@code path} may mean; null if nothing of that name is listed. */
    @Nullable
    String of(String path) {
        Reading.Inventory.Item item = items.get(path);
        return item != null ? item.version() : byId.get(path);
    }
}
