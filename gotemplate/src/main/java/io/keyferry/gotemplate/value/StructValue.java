package io.keyferry.gotemplate.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A struct: one value for each field of its type, in their order. */
public final class StructValue implements Value {
    private final Type.Struct type;
    private final List<Value> fields;
    private final int depth;

    /** @throws IllegalArgumentException if there are too few or too many values, or it is nested too deeply */
    public StructValue(Type.Struct type, List<? extends Value> fields) {
        if (fields.size() != type.fields().size()) {
            throw new IllegalArgumentException(
                    type.goName() + " has " + type.fields().size() + " fields, not " + fields.size());
        }
        this.type = type;
        this.fields = List.copyOf(fields);
        this.depth = Depth.above(fields);
    }

    public List<Value> fields() {
        return fields;
    }

    /** Null if the type has no such field. */
    public @Nullable Value field(String name) {
        int index = type.indexOf(name);
        return index < 0 ? null : fields.get(index);
    }

    @Override
    public Type.Struct type() {
        return type;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public String toString() {
        return type.goName();
    }
}
