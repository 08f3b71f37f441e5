package io.keyferry.gotemplate.value;

/**
 * What a Go template computes with. Values are immutable and safe for many threads. They may be secret: no
 * {@code toString} shows what they hold.
 */
public sealed interface Value
        permits NilValue,
                BoolValue,
                IntValue,
                FloatValue,
                ComplexValue,
                StringValue,
                ListValue,
                MapValue,
                StructValue,
                TimeValue {
    /**
     * How deep lists, maps and structs may hold one another, counted in containers. Whoever walks a value may recurse,
     * as no value is deeper.
     */
    int MAX_DEPTH = 200;

    /** The dynamic type; {@link Type.Basic#ANY} for nil. */
    Type type();

    /** The number of containers on the longest way down from this value; 0 for what holds no other values. */
    default int depth() {
        return 0;
    }
}
