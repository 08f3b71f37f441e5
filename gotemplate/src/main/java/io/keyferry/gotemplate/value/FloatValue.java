package io.keyferry.gotemplate.value;

/** A float64. */
public record FloatValue(double value) implements Value {
    @Override
    public Type type() {
        return Type.Basic.FLOAT64;
    }

    @Override
    public String toString() {
        return "float64";
    }
}
