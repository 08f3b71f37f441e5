package io.keyferry.gotemplate.value;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A map with string keys, in the order of their bytes. JSON's objects are of type {@code map[string]interface {}}. */
public final class MapValue implements Value {
    private static final Type.MapOf OF_ANY = new Type.MapOf(Type.Basic.ANY);

    private final Type.MapOf type;
    private final NavigableMap<StringValue, Value> entries;
    private final boolean nil;
    private final int depth;

    private MapValue(Type.MapOf type, Map<StringValue, ? extends Value> entries, boolean nil) {
        this.type = type;
        this.entries = Collections.unmodifiableNavigableMap(new TreeMap<StringValue, Value>(entries));
        this.nil = nil;
        this.depth = Depth.above(entries.values());
    }

    /**
     * A map of type {@code map[string]interface {}}.
     *
     * @throws IllegalArgumentException if it is nested too deeply
     */
    public static MapValue of(Map<StringValue, ? extends Value> entries) {
        return new MapValue(OF_ANY, entries, false);
    }

    /** @throws IllegalArgumentException if it is nested too deeply */
    public static MapValue of(Type.MapOf type, Map<StringValue, ? extends Value> entries) {
        return new MapValue(type, entries, false);
    }

    /** The nil map, which differs from an empty one in {@code %#v} alone. */
    public static MapValue nil(Type.MapOf type) {
        return new MapValue(type, Map.of(), true);
    }

    /** Null if the map has no such key; {@code type().element().zero()} is what Go's index gives then. */
    public @Nullable Value get(StringValue key) {
        return entries.get(key);
    }

    /** Unmodifiable, in the order of the keys' bytes. */
    public NavigableMap<StringValue, Value> entries() {
        return entries;
    }

    public boolean isNil() {
        return nil;
    }

    @Override
    public Type.MapOf type() {
        return type;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public String toString() {
        return type.goName();
    }
}
