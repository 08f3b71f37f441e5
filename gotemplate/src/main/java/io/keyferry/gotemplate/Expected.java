package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.Type;
import org.jspecify.annotations.Nullable;

/**
 * What an argument must be.
 *
 * @param type null for whatever it is, just as it is met
 */
record Expected(@Nullable Type type) {
    static final Expected WHATEVER = new Expected(null);

    static Expected of(Type type) {
        return new Expected(type);
    }

    boolean isAny() {
        return type == null || type == Type.Basic.ANY;
    }
}
