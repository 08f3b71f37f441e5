package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.util.List;

/**
 * A function or method.
 *
 * @param expected what each parameter takes
 */
record Function<X extends Exception>(List<Expected> expected, boolean variadic, Body<X> body) {
    @FunctionalInterface
    interface Body<X extends Exception> {
        Cell call(List<Cell> arguments) throws FunctionException, InterruptedException, X;
    }

    static <X extends Exception> Function<X> of(FunctionTable.Entry<X> entry, Meter meter) {
        Signature signature = entry.signature();
        Body<X> body = arguments -> {
            Value result =
                    entry.function().call(arguments.stream().map(Cell::orNil).toList());
            if (result instanceof StringValue text) {
                meter.charge(text.length());
            }
            meter.checkTime();
            return Cell.in(signature.result(), result);
        };
        return new Function<>(signature.parameters().stream().map(Expected::of).toList(), signature.variadic(), body);
    }

    int parameters() {
        return expected.size();
    }

    /** What the argument at {@code index} must be. */
    Expected expected(int index) {
        return expected.get(Math.min(index, expected.size() - 1));
    }

    /** A method that takes arguments of these types. */
    static <X extends Exception> Function<X> method(Body<X> body, Type... parameters) {
        return new Function<>(List.of(parameters).stream().map(Expected::of).toList(), false, body);
    }
}
