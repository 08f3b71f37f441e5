package io.keyferry.gotemplate.value;

import java.util.List;

/** A slice; JSON's arrays are of type {@code []interface {}}. */
public final class ListValue implements Value {
    private static final Type.ListOf OF_ANY = new Type.ListOf(Type.Basic.ANY);

    private final Type.ListOf type;
    private final List<Value> items;
    private final boolean nil;
    private final int depth;

    private ListValue(Type.ListOf type, List<? extends Value> items, boolean nil) {
        this.type = type;
        this.items = List.copyOf(items);
        this.nil = nil;
        this.depth = Depth.above(items);
    }

    /**
     * A list of type {@code []interface {}}.
     *
     * @throws IllegalArgumentException if it is nested too deeply
     */
    public static ListValue of(List<? extends Value> items) {
        return new ListValue(OF_ANY, items, false);
    }

    /** @throws IllegalArgumentException if it is nested too deeply */
    public static ListValue of(Type.ListOf type, List<? extends Value> items) {
        return new ListValue(type, items, false);
    }

    /** The nil slice, which differs from an empty one in {@code %#v} alone. */
    public static ListValue nil(Type.ListOf type) {
        return new ListValue(type, List.of(), true);
    }

    public List<Value> items() {
        return items;
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
