package io.keyferry.gotemplate;

import io.keyferry.gotemplate.fmt.Fmt;
import io.keyferry.gotemplate.fmt.Sink;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.ListValue;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.NilValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Go's own functions. */
final class Builtins<X extends Exception> {
    private static final Expected WHATEVER = Expected.WHATEVER;
    private static final Expected ANY = Expected.of(Type.Basic.ANY);
    private static final StringValue NO_VALUE = StringValue.of("<no value>");

    // Made of what stands above.
    static final Set<String> NAMES = new Builtins<RuntimeException>(new Meter(TemplateLimits.DEFAULT)).table.keySet();

    private final Meter meter;
    private final Map<String, Function<X>> table;

    Builtins(Meter meter) {
        this.meter = meter;
        this.table = Map.ofEntries(
                // The evaluator knows how these two leave arguments alone.
                entry("and", true, List::getLast, WHATEVER, WHATEVER),
                entry("or", true, List::getLast, WHATEVER, WHATEVER),
                entry("not", false, cells -> Cell.of(!cells.getFirst().isTrue()), WHATEVER),
                entry("len", false, cells -> length(cells.getFirst()), WHATEVER),
                entry("index", true, Indexing::index, WHATEVER, WHATEVER),
                entry("slice", true, cells -> Indexing.slice(cells, meter), WHATEVER, WHATEVER),
                entry("call", true, Builtins::call, WHATEVER, WHATEVER),
                comparison("eq", true, Comparing::equal),
                comparison("ne", false, Comparing::notEqual),
                comparison("lt", false, Comparing::less),
                comparison("le", false, Comparing::lessOrEqual),
                comparison("gt", false, Comparing::greater),
                comparison("ge", false, Comparing::greaterOrEqual),
                entry("html", true, cells -> text(out -> Escapes.html(joined(cells), out)), ANY),
                entry("js", true, cells -> text(out -> Escapes.js(joined(cells), out)), ANY),
                entry("urlquery", true, cells -> text(out -> Escapes.urlQuery(joined(cells), out)), ANY),
                entry("print", true, cells -> text(out -> Fmt.print(values(cells), out)), ANY),
                entry("println", true, cells -> text(out -> Fmt.println(values(cells), out)), ANY),
                entry("printf", true, this::printf, Expected.of(Type.Basic.STRING), ANY));
    }

    /** Comparing costs time, but makes nothing that would be counted. */
    private Map.Entry<String, Function<X>> comparison(String name, boolean variadic, Function.Body<X> body) {
        return entry(
                name,
                variadic,
                cells -> {
                    for (Cell cell : cells) {
                        meter.look(cell.value() instanceof StringValue text ? text.length() : 0);
                    }
                    return body.call(cells);
                },
                WHATEVER,
                WHATEVER);
    }

    private static <X extends Exception> Map.Entry<String, Function<X>> entry(
            String name, boolean variadic, Function.Body<X> body, Expected... expected) {
        return Map.entry(name, new Function<>(List.of(expected), variadic, body));
    }

    @Nullable
    Function<X> find(String name) {
        return table.get(name);
    }

    private interface Writing {
        void to(Sink out);
    }

    private Cell text(Writing writing) {
        Sink out = new Sink(meter);
        writing.to(out);
        return Cell.of(out.toValue());
    }

    private Cell printf(List<Cell> cells) {
        List<Value> values = values(cells);
        StringValue format = (StringValue) values.getFirst();
        return text(out -> Fmt.printf(format, values.subList(1, values.size()), out));
    }

    private static List<Value> values(List<Cell> cells) {
        return cells.stream().map(Cell::orNil).toList();
    }

    /** The text that is escaped: one string as it is, everything else as printed, where nil has its own words. */
    private StringValue joined(List<Cell> cells) {
        List<Value> values = new ArrayList<>(values(cells));
        if (values.size() == 1 && values.getFirst() instanceof StringValue text) {
            return text;
        }
        values.replaceAll(value -> value == NilValue.NIL ? NO_VALUE : value);
        Sink out = new Sink(meter);
        Fmt.print(values, out);
        return out.toValue();
    }

    private static Cell length(Cell cell) throws FunctionException {
        if (cell.isBoxedNil()) {
            throw new FunctionException("len of nil pointer");
        }
        return switch (cell.value()) {
            case null -> throw new FunctionException("reflect: call of reflect.Value.Type on zero Value");
            case StringValue text -> Cell.of(IntValue.of(text.length()));
            case ListValue list -> Cell.of(IntValue.of(list.items().size()));
            case MapValue map -> Cell.of(IntValue.of(map.entries().size()));
            case Value other ->
                throw new FunctionException("len of type " + other.type().goName());
        };
    }

    /** No value is a function. */
    private static Cell call(List<Cell> cells) throws FunctionException {
        Cell function = cells.getFirst().unboxed();
        if (function.isNone()) {
            throw new FunctionException("call of nil");
        }
        throw new FunctionException("non-function of type " + function.typeName());
    }
}
