package io.keyferry.gotemplate.value;

import java.util.Collection;

/** Holds containers to {@link Value#MAX_DEPTH}. */
final class Depth {
    private Depth() {}

    static int above(Collection<? extends Value> parts) {
        int depth = 1;
        for (Value part : parts) {
            depth = Math.max(depth, part.depth() + 1);
        }
        if (depth > Value.MAX_DEPTH) {
            throw new IllegalArgumentException("value is nested deeper than " + Value.MAX_DEPTH + " levels");
        }
        return depth;
    }
}
