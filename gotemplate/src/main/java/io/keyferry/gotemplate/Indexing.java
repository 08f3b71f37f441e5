package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.ListValue;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.util.List;

/** Go's index and slice. */
final class Indexing {
    private Indexing() {}

    /** The first of the cells by the others, one after the other. */
    static Cell index(List<Cell> cells) throws FunctionException {
        Cell item = cells.getFirst().unboxed();
        if (item.isNone()) {
            throw new FunctionException("index of untyped nil");
        }
        for (Cell index : cells.subList(1, cells.size())) {
            item = step(item, index.unboxed());
        }
        return item;
    }

    private static Cell step(Cell item, Cell index) throws FunctionException {
        if (item.isBoxedNil()) {
            throw new FunctionException("index of nil pointer");
        }
        return switch (item.value()) {
            case StringValue text -> {
                int at = position(index, text.length());
                if (at == text.length()) {
                    throw new FunctionException("reflect: string index out of range");
                }
                yield Cell.of(new IntValue(Type.Basic.UINT8, text.byteAt(at)));
            }
            case ListValue list -> {
                int at = position(index, list.items().size());
                if (at == list.items().size()) {
                    throw new FunctionException("reflect: slice index out of range");
                }
                yield Cell.in(list.type().element(), list.items().get(at));
            }
            case MapValue map -> {
                if (index.isNone()) {
                    throw new FunctionException("value is nil; should be of type string");
                }
                if (!(index.value() instanceof StringValue key)) {
                    throw new FunctionException("value has type " + index.typeName() + "; should be string");
                }
                Value entry = map.get(key);
                Type element = map.type().element();
                yield Cell.in(element, entry == null ? element.zero() : entry);
            }
            case null, default ->
                throw new FunctionException(
                        "can't index item of type " + item.unboxed().typeName());
        };
    }

    /** From 0 to {@code size}, which is too far for an index, but not for a slice. */
    private static int position(Cell index, int size) throws FunctionException {
        if (index.isNone()) {
            throw new FunctionException("cannot index slice/array with nil");
        }
        // Out of its interface {} an index is taken by index, but not by slice.
        if (index.boxed() || !(index.value() instanceof IntValue number)) {
            throw new FunctionException("cannot index slice/array with type " + index.typeName());
        }
        long at = number.value();
        if (at < 0 || at > size) {
            throw new FunctionException("index out of range: " + at);
        }
        return (int) at;
    }

    /** The first of the cells from the second up to but without the third. */
    static Cell slice(List<Cell> cells, Meter meter) throws FunctionException {
        Cell item = cells.getFirst().unboxed();
        if (item.isNone()) {
            throw new FunctionException("slice of untyped nil");
        }
        int given = cells.size() - 1;
        if (given > 3) {
            throw new FunctionException("too many slice indexes: " + given);
        }
        int capacity = switch (item.value()) {
            case StringValue text -> {
                if (given == 3) {
                    throw new FunctionException("cannot 3-index slice a string");
                }
                yield text.length();
            }
            case ListValue list -> list.capacity();
            case null, default -> throw new FunctionException("can't slice item of type " + item.typeName());
        };
        int length = item.value() instanceof ListValue list ? list.items().size() : capacity;
        int[] ends = {0, length, capacity};
        for (int i = 0; i < given; i++) {
            ends[i] = position(cells.get(i + 1), capacity);
        }
        for (int i = 1; i < Math.max(2, given); i++) {
            if (ends[i - 1] > ends[i]) {
                throw new FunctionException("invalid slice index: " + ends[i - 1] + " > " + ends[i]);
            }
        }
        if (item.value() instanceof StringValue text) {
            meter.charge(ends[1] - ends[0]);
            return Cell.of(text.slice(ends[0], ends[1]));
        }
        ListValue list = (ListValue) item.orNil();
        return Cell.of(list.slice(ends[0], ends[1], ends[2]));
    }
}
