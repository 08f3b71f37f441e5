package io.keyferry.gotemplate.value;

/** The untyped nil: JSON's null, or an interface that holds nothing. */
public enum NilValue implements Value {
    NIL;

    @Override
    public Type type() {
        return Type.Basic.ANY;
    }

    @Override
    public String toString() {
        return "nil";
    }
}
