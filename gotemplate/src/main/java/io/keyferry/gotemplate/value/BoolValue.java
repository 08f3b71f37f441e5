package io.keyferry.gotemplate.value;

/** A bool. */
public record BoolValue(boolean value) implements Value {
    public static final BoolValue TRUE = new BoolValue(true);
    public static final BoolValue FALSE = new BoolValue(false);

    public static BoolValue of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public Type type() {
        return Type.Basic.BOOL;
    }

    @Override
    public String toString() {
        return "bool";
    }
}
