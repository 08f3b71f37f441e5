package io.keyferry.gotemplate.value;

/** An integer of any of the integer types, the named ones of package time among them. */
public record IntValue(Type.Basic type, long value) implements Value {
    public IntValue {
        if (!type.isInteger()) {
            throw new IllegalArgumentException(type.goName() + " is no integer type");
        }
    }

    /** A Go int, which has 64 bits. */
    public static IntValue of(long value) {
        return new IntValue(Type.Basic.INT, value);
    }

    @Override
    public String toString() {
        return type.goName();
    }
}
