package io.keyferry.gotemplate;

import io.keyferry.gotemplate.parse.Node;
import io.keyferry.gotemplate.value.BoolValue;
import io.keyferry.gotemplate.value.FloatValue;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.Type;
import org.jspecify.annotations.Nullable;

/** Makes values into what a parameter takes, or says that they are not. */
final class Arguments {
    private Arguments() {}

    static Cell check(Cell cell, Expected expected, Trace trace) throws TemplateException {
        Type wanted = expected.type();
        if (wanted == null) {
            return cell;
        }
        if (cell.isNone()) {
            if (!canBeNil(wanted)) {
                throw trace.error("invalid value; expected " + wanted.goName());
            }
            return Cell.in(wanted, wanted.zero());
        }
        if (isAssignable(cell.type(), wanted)) {
            return cell;
        }
        Cell inside = cell.unboxed();
        if (isAssignable(inside.type(), wanted)) {
            return inside;
        }
        Cell shown = inside.isNone() ? cell : inside;
        throw trace.error("wrong type for value; expected " + wanted.goName() + "; got " + shown.typeName());
    }

    static Cell nil(Expected expected, Trace trace) throws TemplateException {
        Type wanted = expected.type();
        if (wanted == null) {
            return Cell.NONE;
        }
        if (!canBeNil(wanted)) {
            throw trace.error("cannot assign nil to " + wanted.goName());
        }
        return Cell.in(wanted, wanted.zero());
    }

    /** A constant for a parameter of a type of its own. */
    static Cell constant(Node.Constant constant, Expected expected, Trace trace) throws TemplateException {
        Type wanted = expected.type();
        if (wanted instanceof Type.Basic basic) {
            if (basic == Type.Basic.BOOL) {
                if (constant instanceof Node.Bool bool) {
                    return Cell.of(BoolValue.of(bool.value()));
                }
                throw mismatch("bool", constant, trace);
            }
            if (basic == Type.Basic.STRING) {
                if (constant instanceof Node.StringConstant text) {
                    return Cell.of(text.value());
                }
                throw mismatch("string", constant, trace);
            }
            if (basic.isInteger() && !basic.isUnsigned()) {
                if (constant instanceof Node.Numeral numeral
                        && numeral.value().integer().isPresent()) {
                    long number = numeral.value().integer().getAsLong();
                    return Cell.of(new IntValue(basic, number));
                }
                throw mismatch("integer", constant, trace);
            }
            if (basic == Type.Basic.FLOAT64) {
                if (constant instanceof Node.Numeral numeral
                        && numeral.value().real().isPresent()) {
                    return Cell.of(new FloatValue(numeral.value().real().getAsDouble()));
                }
                throw mismatch("float", constant, trace);
            }
        }
        throw trace.error("can't handle " + constant.source() + " for arg of type "
                + (wanted == null ? "interface {}" : wanted.goName()));
    }

    private static TemplateException mismatch(String wanted, Node.Constant constant, Trace trace) {
        return trace.error("expected " + wanted + "; found " + constant.source());
    }

    private static boolean canBeNil(Type type) {
        return type == Type.Basic.ANY || type instanceof Type.ListOf || type instanceof Type.MapOf;
    }

    private static boolean isAssignable(@Nullable Type type, Type wanted) {
        return type != null && (wanted == Type.Basic.ANY || type.equals(wanted));
    }
}
