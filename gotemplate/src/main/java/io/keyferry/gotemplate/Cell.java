package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.BoolValue;
import io.keyferry.gotemplate.value.ComplexValue;
import io.keyferry.gotemplate.value.FloatValue;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.ListValue;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.NilValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.StructValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A value as it is met in a template. Go distinguishes a value from an {@code interface {}} that holds it, and an
 * {@code interface {}} that holds nothing from no value at all.
 *
 * @param value null for no value; nil only if boxed
 * @param boxed whether it is met as an {@code interface {}}
 */
record Cell(@Nullable Value value, boolean boxed) {
    /** No value: what a missing key yields. It prints as {@code <no value>}. */
    static final Cell NONE = new Cell(null, false);

    static final Cell BOXED_NIL = new Cell(NilValue.NIL, true);

    static Cell of(Value value) {
        return value == NilValue.NIL ? NONE : new Cell(value, false);
    }

    static Cell of(boolean truth) {
        return new Cell(BoolValue.of(truth), false);
    }

    /** A value out of a place of the given type. */
    static Cell in(Type type, Value value) {
        return type == Type.Basic.ANY ? new Cell(value, true) : of(value);
    }

    boolean isNone() {
        return value == null;
    }

    boolean isBoxedNil() {
        return value == NilValue.NIL;
    }

    /** What is inside an {@code interface {}}. */
    Cell unboxed() {
        return boxed && value != null ? of(value) : this;
    }

    /** As what Go's functions are given as {@code interface {}}. */
    Value orNil() {
        return value == null ? NilValue.NIL : value;
    }

    /** Null for no value. */
    @Nullable
    Type type() {
        if (boxed) {
            return Type.Basic.ANY;
        }
        return value == null ? null : value.type();
    }

    String typeName() {
        Type type = type();
        return type == null ? "<nil>" : type.goName();
    }

    boolean isTrue() {
        return switch (value) {
            case null -> false;
            case NilValue _ -> false;
            case BoolValue bool -> bool.value();
            case IntValue number -> number.value() != 0;
            case FloatValue number -> number.value() != 0;
            case ComplexValue number -> number.real() != 0 || number.imaginary() != 0;
            case StringValue text -> text.length() > 0;
            case ListValue list -> !list.items().isEmpty();
            case MapValue map -> !map.entries().isEmpty();
            case StructValue _ -> true;
            case TimeValue _ -> true;
        };
    }

    /** Whether it is nil where Go's values can be. */
    boolean isNil() {
        return switch (value) {
            case null -> true;
            case NilValue _ -> true;
            case ListValue list -> list.isNil();
            case MapValue map -> map.isNil();
            default -> false;
        };
    }
}
