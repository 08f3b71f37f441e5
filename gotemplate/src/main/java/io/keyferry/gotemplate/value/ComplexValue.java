package io.keyferry.gotemplate.value;

/** A complex128. */
public record ComplexValue(double real, double imaginary) implements Value {
    @Override
    public Type type() {
        return Type.Basic.COMPLEX128;
    }

    @Override
    public String toString() {
        return "complex128";
    }
}
