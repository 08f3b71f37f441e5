package io.keyferry.gotemplate.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoded JSON as Go has it: objects, arrays and null as such, and every number a float64. */
public final class JsonValues {
    private JsonValues() {}

    /**
     * @param tree maps with string keys, lists, strings, booleans, numbers and null
     * @throws IllegalArgumentException if anything else is in it, or it is nested deeper than {@link Value#MAX_DEPTH}
     */
    public static Value of(@Nullable Object tree) {
        return of(tree, 0);
    }

    private static Value of(@Nullable Object tree, int depth) {
        if (depth > Value.MAX_DEPTH) {
            throw new IllegalArgumentException("JSON is nested deeper than " + Value.MAX_DEPTH + " levels");
        }
        return switch (tree) {
            case null -> NilValue.NIL;
            case String text -> StringValue.of(text);
            case Boolean truth -> BoolValue.of(truth);
            case Number number -> new FloatValue(number.doubleValue());
            case List<?> items -> list(items, depth);
            case Map<?, ?> members -> map(members, depth);
            default -> throw new IllegalArgumentException("JSON holds no " + tree.getClass());
        };
    }

    private static ListValue list(List<?> items, int depth) {
        List<Value> values = new ArrayList<>(items.size());
        for (Object item : items) {
            values.add(of(item, depth + 1));
        }
        return ListValue.appended(values);
    }

    private static MapValue map(Map<?, ?> members, int depth) {
        Map<StringValue, Value> values = new HashMap<>();
        members.forEach((key, value) -> values.put(StringValue.of((String) key), of(value, depth + 1)));
        return MapValue.of(values);
    }
}
