package io.keyferry.gotemplate.value;

import java.util.ArrayList;
import java.util.List;

/**
 * A slice; JSON's arrays are of type {@code []interface {}}. As in Go, there may be items beyond its end, which slicing
 * can bring into sight.
 */
public final class ListValue implements Value {
    private static final Type.ListOf OF_ANY = new Type.ListOf(Type.Basic.ANY);

    private final Type.ListOf type;

    /** The items, and those beyond the end. */
    private final List<Value> all;

    private final int length;
    private final boolean nil;
    private final int depth;

    private ListValue(Type.ListOf type, List<Value> all, int length, boolean nil, int depth) {
        this.type = type;
        this.all = all;
        this.length = length;
        this.nil = nil;
        this.depth = depth;
    }

    /**
     * A list of type {@code []interface {}}.
     *
     * @throws IllegalArgumentException if it is nested too deeply
     */
    public static ListValue of(List<? extends Value> items) {
        return of(OF_ANY, items);
    }

    /** @throws IllegalArgumentException if it is nested too deeply */
    public static ListValue of(Type.ListOf type, List<? extends Value> items) {
        return new ListValue(type, List.copyOf(items), items.size(), false, Depth.above(items));
    }

    /**
     * A list of type {@code []interface {}} that was made by appending item after item: there is as much room behind its
     * end as Go leaves.
     *
     * @throws IllegalArgumentException if it is nested too deeply
     */
    static ListValue appended(List<? extends Value> items) {
        List<Value> all = new ArrayList<>(items);
        while (all.size() < Growth.capacity(items.size())) {
            all.add(NilValue.NIL);
        }
        return new ListValue(OF_ANY, List.copyOf(all), items.size(), false, Depth.above(items));
    }

    /** The nil slice, which differs from an empty one in {@code %#v} alone. */
    public static ListValue nil(Type.ListOf type) {
        return new ListValue(type, List.of(), 0, true, 1);
    }

    public List<Value> items() {
        return all.subList(0, length);
    }

    /** The number of items with those beyond the end; how far slicing can reach. */
    public int capacity() {
        return all.size();
    }

    /** The items from {@code from} up to but without {@code to}, and those up to {@code end} beyond its end. */
    public ListValue slice(int from, int to, int end) {
        return new ListValue(type, all.subList(from, end), to - from, nil, depth);
    }

    public boolean isNil() {
        return nil;
    }

    @Override
    public Type.ListOf type() {
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
