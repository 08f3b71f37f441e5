package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.Value;
import java.util.List;

/**
 * A function that templates may call.
 *
 * @param <X> what it may throw besides; it passes through {@link Template#execute} as it is
 */
@FunctionalInterface
public interface TemplateFunction<X extends Exception> {
    /**
     * @param arguments as many as the signature says, each of the type that it says; {@code NilValue} may be passed for
     *     {@code interface {}}
     * @return a value of the type that the signature says; the bytes of a string count for the limits, but only once it
     *     is made
     * @throws FunctionException to make the template fail in the way of a Go function that returns an error
     */
    Value call(List<Value> arguments) throws FunctionException, InterruptedException, X;
}
