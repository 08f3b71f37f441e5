package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.StructValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands behind a dot: a method, a field of a struct, or a key of a map. */
final class Fields<X extends Exception> {
    private static final Set<String> HIDDEN_IN_TIME = Set.of("wall", "ext", "loc");

    private final TimeMethods<X> methods;
    private final Trace trace;

    Fields(Meter meter, Trace trace) {
        this.methods = new TimeMethods<>(meter);
        this.trace = trace;
    }

    /** Null if the value has no such method. */
    @Nullable
    Function<X> method(Cell receiver, String name) {
        Value value = receiver.value();
        return value == null ? null : methods.find(value, name);
    }

    /** @param hasArguments whether arguments are given, which no field and no key takes */
    Cell get(Cell receiver, String name, boolean hasArguments) throws TemplateException {
        Value value = receiver.value();
        if (value == null) {
            return Cell.NONE;
        }
        if (receiver.isBoxedNil()) {
            throw trace.error("nil pointer evaluating " + receiver.typeName() + "." + name);
        }
        if (value instanceof StructValue struct) {
            int index = struct.type().indexOf(name);
            if (index >= 0) {
                if (hasArguments) {
                    throw trace.error(name + " has arguments but cannot be invoked as function");
                }
                return Cell.in(
                        struct.type().fields().get(index).type(),
                        struct.fields().get(index));
            }
        }
        if (value instanceof TimeValue && HIDDEN_IN_TIME.contains(name)) {
            throw trace.error(name + " is an unexported field of struct type " + receiver.typeName());
        }
        if (value instanceof MapValue map) {
            if (hasArguments) {
                throw trace.error(name + " is not a method but has arguments");
            }
            Value entry = map.get(StringValue.of(name));
            return entry == null ? Cell.NONE : Cell.in(map.type().element(), entry);
        }
        throw trace.error("can't evaluate field " + name + " in type " + receiver.typeName());
    }
}
