package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one dialect as the watch saw them last, without what nobody needs, each with the moment at which its
 * present generation was first seen. That moment is what freshness is measured from, and an object is in here before
 * anything is told of it.
 */
final class Primaries<R extends HasMetadata> implements ItemStore<R> {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private record Item<R extends HasMetadata>(R object, long seenAt) {
        boolean isSameGeneration(R other) {
            return Objects.equals(
                            object.getMetadata().getUid(), other.getMetadata().getUid())
                    && Objects.equals(
                            object.getMetadata().getGeneration(),
                            other.getMetadata().getGeneration());
        }
    }

    private final Map<String, Item<R>> items = new ConcurrentHashMap<>();
    private final TimeSource time;
    private final boolean complete;

    /**
     * @param complete whether this is an informer's own store. If not, it is told of objects one after the other, and
     *     that an object is not in here says nothing.
     */
    Primaries(TimeSource time, boolean complete) {
        this.time = time;
        this.complete = complete;
    }

    boolean isComplete() {
        return complete;
    }

    /** Takes in an object that the watch saw. */
    void saw(R object) {
        put(getKey(object), object);
    }

    /** When the object's generation was first seen, in monotonic nanoseconds. */
    long changedAt(R object) {
        Item<R> item = items.get(getKey(object));
        return item != null && item.isSameGeneration(object) ? item.seenAt() : time.nanos();
    }

    /** Whether it is known that no object of this name has this uid any more. */
    boolean isGone(String namespace, Owner owner) {
        if (!complete) {
            return false;
        }
        Item<R> item = items.get(Cache.namespaceKeyFunc(namespace, owner.name()));
        return item == null || !owner.uid().equals(item.object().getMetadata().getUid());
    }

    @Override
    public String getKey(R object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable R put(String key, R object) {
        trim(object);
        Item<R> before = items.get(key);
        long seenAt = before != null && before.isSameGeneration(object) ? before.seenAt() : time.nanos();
        items.put(key, new Item<>(object, seenAt));
        return before == null ? null : before.object();
    }

    @Override
    public @Nullable R remove(String key) {
        Item<R> before = items.remove(key);
        return before == null ? null : before.object();
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<R> values() {
        return items.values().stream().map(Item::object);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public @Nullable R get(String key) {
        Item<R> item = items.get(key);
        return item == null ? null : item.object();
    }

    private static void trim(HasMetadata object) {
        object.getMetadata().setManagedFields(List.of());
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        if (annotations != null) {
            annotations.remove(LAST_APPLIED);
        }
    }
}
