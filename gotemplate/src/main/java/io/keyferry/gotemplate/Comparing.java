package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.BoolValue;
import io.keyferry.gotemplate.value.ComplexValue;
import io.keyferry.gotemplate.value.FloatValue;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.StructValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's eq, ne, lt, le, gt and ge. */
final class Comparing {
    private Comparing() {}

    /** Values of different kinds do not compare, but for the integers. */
    private enum Kind {
        BOOL,
        INTEGER,
        FLOAT,
        COMPLEX,
        STRING,
        OTHER
    }

    private static Kind kind(@Nullable Value value) {
        return switch (value) {
            case BoolValue _ -> Kind.BOOL;
            case IntValue _ -> Kind.INTEGER;
            case FloatValue _ -> Kind.FLOAT;
            case ComplexValue _ -> Kind.COMPLEX;
            case StringValue _ -> Kind.STRING;
            case null, default -> Kind.OTHER;
        };
    }

    /** Whether the first equals any of the others. */
    static Cell equal(List<Cell> cells) throws FunctionException {
        Cell first = cells.getFirst().unboxed();
        if (cells.size() == 1) {
            throw new FunctionException("missing argument for comparison");
        }
        for (Cell other : cells.subList(1, cells.size())) {
            if (equal(first, other.unboxed())) {
                return Cell.of(true);
            }
        }
        return Cell.of(false);
    }

    private static boolean equal(Cell first, Cell second) throws FunctionException {
        Kind kind = kind(first.value());
        if (kind != kind(second.value())) {
            if (first.isNone() || second.isNone()) {
                return false;
            }
            throw incompatible();
        }
        if (first.isNone() || second.isNone()) {
            return first.isNil() && second.isNil();
        }
        Value a = first.orNil();
        Value b = second.orNil();
        return switch (kind) {
            case INTEGER -> compare((IntValue) a, (IntValue) b) == 0;
            case FLOAT -> ((FloatValue) a).value() == ((FloatValue) b).value();
            case COMPLEX ->
                ((ComplexValue) a).real() == ((ComplexValue) b).real()
                        && ((ComplexValue) a).imaginary() == ((ComplexValue) b).imaginary();
            case BOOL, STRING -> a.equals(b);
            case OTHER -> equalOthers(first, second);
        };
    }

    private static boolean equalOthers(Cell first, Cell second) throws FunctionException {
        Value a = first.orNil();
        Value b = second.orNil();
        if (isStruct(a) != isStruct(b) || (!isStruct(a) && !a.getClass().equals(b.getClass()))) {
            throw new FunctionException("non-comparable types " + first.typeName() + ", " + second.typeName());
        }
        if (first.isNil() || second.isNil()) {
            return first.isNil() == second.isNil();
        }
        if (!isComparable(b.type())) {
            throw new FunctionException("non-comparable type " + second.typeName());
        }
        if (!a.type().equals(b.type())) {
            return false;
        }
        if (a instanceof StructValue one && b instanceof StructValue two) {
            for (int i = 0; i < one.fields().size(); i++) {
                if (!equal(Cell.of(one.fields().get(i)), Cell.of(two.fields().get(i)))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }

    private static boolean isStruct(Value value) {
        return value instanceof StructValue || value instanceof TimeValue;
    }

    private static boolean isComparable(Type type) {
        return switch (type) {
            case Type.Basic _ -> true;
            case Type.ListOf _, Type.MapOf _ -> false;
            case Type.Struct struct -> struct.fields().stream().allMatch(field -> isComparable(field.type()));
        };
    }

    static Cell notEqual(List<Cell> cells) throws FunctionException {
        return Cell.of(!equal(cells).isTrue());
    }

    static Cell less(List<Cell> cells) throws FunctionException {
        return Cell.of(isLess(cells));
    }

    static Cell lessOrEqual(List<Cell> cells) throws FunctionException {
        return Cell.of(isLess(cells) || equal(cells).isTrue());
    }

    static Cell greater(List<Cell> cells) throws FunctionException {
        return Cell.of(!lessOrEqual(cells).isTrue());
    }

    static Cell greaterOrEqual(List<Cell> cells) throws FunctionException {
        return Cell.of(!isLess(cells));
    }

    private static boolean isLess(List<Cell> cells) throws FunctionException {
        Value a = cells.getFirst().unboxed().value();
        Value b = cells.getLast().unboxed().value();
        Kind kind = kind(a);
        if (kind == Kind.OTHER || kind(b) == Kind.OTHER) {
            throw new FunctionException("invalid type for comparison");
        }
        if (kind != kind(b)) {
            throw incompatible();
        }
        return switch (a) {
            case IntValue one when b instanceof IntValue two -> compare(one, two) < 0;
            case FloatValue one when b instanceof FloatValue two -> one.value() < two.value();
            case StringValue one when b instanceof StringValue two -> one.compareTo(two) < 0;
            case null, default -> throw new FunctionException("invalid type for comparison");
        };
    }

    private static int compare(IntValue a, IntValue b) {
        boolean hugeA = a.type().isUnsigned() && a.value() < 0;
        boolean hugeB = b.type().isUnsigned() && b.value() < 0;
        return hugeA == hugeB ? Long.compare(a.value(), b.value()) : hugeA ? 1 : -1;
    }

    private static FunctionException incompatible() {
        return new FunctionException("incompatible types for comparison");
    }
}
