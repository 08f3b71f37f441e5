package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.Type;
import java.util.List;

/**
 * What a function takes and gives, as Go declares it.
 *
 * @param variadic whether the last parameter may be given any number of times, or not at all
 */
public record Signature(List<Type> parameters, boolean variadic, Type result) {
    public Signature {
        parameters = List.copyOf(parameters);
        if (variadic && parameters.isEmpty()) {
            throw new IllegalArgumentException("a variadic function has a parameter");
        }
    }

    /** A function of so many parameters. */
    public static Signature of(Type result, Type... parameters) {
        return new Signature(List.of(parameters), false, result);
    }
}
