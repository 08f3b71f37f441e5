package io.keyferry.gotemplate;

import io.keyferry.gotemplate.parse.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes pipelines. A last argument that comes out of a pipeline is null where there is none. */
final class Evaluator<X extends Exception> {
    private final FunctionTable<X> functions;
    private final Builtins<X> builtins;
    private final Meter meter;
    private final Trace trace;
    private final Fields<X> fields;
    private Variables variables = new Variables(Cell.NONE);

    Evaluator(FunctionTable<X> functions, Meter meter, Trace trace) {
        this.functions = functions;
        this.builtins = new Builtins<>(meter);
        this.meter = meter;
        this.trace = trace;
        this.fields = new Fields<>(meter, trace);
    }

    Variables variables() {
        return variables;
    }

    /** Goes on with a fresh set of variables, and gives back the one before. */
    Variables begin(Cell root) {
        Variables before = variables;
        variables = new Variables(root);
        return before;
    }

    void resume(Variables before) {
        variables = before;
    }

    void assign(Node.Variable variable, Cell value) throws TemplateException {
        if (!variables.set(variable.name(), value)) {
            throw trace.error("undefined variable: " + variable.name());
        }
    }

    Cell pipeline(Cell dot, Node.Pipe pipe) throws TemplateException, InterruptedException, X {
        trace.at(pipe);
        meter.enter();
        Cell value = null;
        for (Node.Command command : pipe.commands()) {
            value = command(dot, command, value).unboxed();
        }
        Cell result = value == null ? Cell.NONE : value;
        for (Node.Variable variable : pipe.variables()) {
            if (pipe.assigns()) {
                assign(variable, result);
            } else {
                variables.declare(variable.name(), result);
            }
        }
        meter.leave();
        return result;
    }

    private Cell command(Cell dot, Node.Command command, @Nullable Cell last)
            throws TemplateException, InterruptedException, X {
        meter.step();
        Node.Operand first = command.words().getFirst();
        List<Node.Operand> arguments =
                command.words().subList(1, command.words().size());
        return switch (first) {
            case Node.Field field -> field(dot, field, arguments, last);
            case Node.Chain chain -> chain(dot, chain, arguments, last);
            case Node.Variable variable -> variable(dot, variable, arguments, last);
            case Node.Identifier identifier -> function(dot, identifier, command, arguments, last);
            case Node.Pipe pipe -> {
                takesNothing(first, arguments, last);
                yield pipeline(dot, pipe);
            }
            case Node.Constant constant -> {
                trace.at(constant);
                takesNothing(first, arguments, last);
                if (constant instanceof Node.Nil) {
                    throw trace.error("nil is not a command");
                }
                yield constant(dot, constant);
            }
        };
    }

    private void takesNothing(Node.Operand first, List<Node.Operand> arguments, @Nullable Cell last)
            throws TemplateException {
        if (!arguments.isEmpty() || last != null) {
            throw trace.error("can't give argument to non-function " + first.source());
        }
    }

    /** Where nothing says what it must be. */
    private Cell constant(Cell dot, Node.Constant constant) throws TemplateException {
        return switch (constant) {
            case Node.Dot _ -> dot;
            case Node.Bool bool -> Cell.of(bool.value());
            case Node.StringConstant text -> Cell.of(text.value());
            case Node.Numeral numeral -> Numerals.byItself(numeral, trace);
            case Node.Nil _ -> Cell.NONE;
        };
    }

    private Cell field(Cell dot, Node.Field field, List<Node.Operand> arguments, @Nullable Cell last)
            throws TemplateException, InterruptedException, X {
        trace.at(field);
        return chain(dot, dot, field, field.names(), arguments, last);
    }

    private Cell variable(Cell dot, Node.Variable variable, List<Node.Operand> arguments, @Nullable Cell last)
            throws TemplateException, InterruptedException, X {
        trace.at(variable);
        Cell value = variables.get(variable.name());
        if (value == null) {
            throw trace.error("undefined variable: " + variable.name());
        }
        if (variable.fields().isEmpty()) {
            takesNothing(variable, arguments, last);
            return value;
        }
        return chain(dot, value, variable, variable.fields(), arguments, last);
    }

    private Cell chain(Cell dot, Node.Chain chain, List<Node.Operand> arguments, @Nullable Cell last)
            throws TemplateException, InterruptedException, X {
        trace.at(chain);
        Cell value = argument(dot, chain.operand(), Expected.WHATEVER);
        return chain(dot, value, chain, chain.fields(), arguments, last);
    }

    /** The last of the fields gets the arguments, should it be a method. */
    private Cell chain(
            Cell dot,
            Cell receiver,
            Node.Operand node,
            List<String> names,
            List<Node.Operand> arguments,
            @Nullable Cell last)
            throws TemplateException, InterruptedException, X {
        Cell value = receiver;
        for (int i = 0; i < names.size(); i++) {
            meter.step();
            String name = names.get(i);
            boolean lastName = i == names.size() - 1;
            List<Node.Operand> given = lastName ? arguments : List.of();
            Cell piped = lastName ? last : null;
            Function<X> method = fields.method(value, name);
            value = method == null
                    ? fields.get(value, name, !given.isEmpty() || piped != null)
                    : call(dot, method, name, node, given, piped);
        }
        return value;
    }

    private Cell function(
            Cell dot, Node.Identifier identifier, Node node, List<Node.Operand> arguments, @Nullable Cell last)
            throws TemplateException, InterruptedException, X {
        trace.at(identifier);
        String name = identifier.name();
        FunctionTable.Entry<X> own = functions.find(name);
        if (own != null) {
            return call(dot, Function.of(own, meter), name, node, arguments, last);
        }
        Function<X> builtin = builtins.find(name);
        if (builtin == null) {
            throw trace.error("\"" + name + "\" is not a defined function");
        }
        if (name.equals("and") || name.equals("or")) {
            checkCount(builtin, name, arguments, last);
            return shortCircuit(dot, name.equals("or"), arguments, last);
        }
        return call(dot, builtin, name, node, arguments, last);
    }

    private Cell shortCircuit(Cell dot, boolean deciding, List<Node.Operand> arguments, @Nullable Cell last)
            throws TemplateException, InterruptedException, X {
        Cell value = Cell.NONE;
        for (Node.Operand argument : arguments) {
            value = argument(dot, argument, Expected.WHATEVER);
            if (value.isTrue() == deciding) {
                return value;
            }
        }
        return last == null ? value : last;
    }

    private void checkCount(Function<X> function, String name, List<Node.Operand> arguments, @Nullable Cell last)
            throws TemplateException {
        int given = arguments.size() + (last == null ? 0 : 1);
        if (function.variadic() && given < function.parameters() - 1) {
            throw trace.error("wrong number of args for " + name + ": want at least " + (function.parameters() - 1)
                    + " got " + arguments.size());
        }
        if (!function.variadic() && given != function.parameters()) {
            throw trace.error("wrong number of args for " + name + ": want " + function.parameters() + " got " + given);
        }
    }

    private Cell call(
            Cell dot, Function<X> function, String name, Node node, List<Node.Operand> arguments, @Nullable Cell last)
            throws TemplateException, InterruptedException, X {
        checkCount(function, name, arguments, last);
        List<Cell> values = new ArrayList<>(arguments.size() + 1);
        for (Node.Operand argument : arguments) {
            values.add(argument(dot, argument, function.expected(values.size())));
        }
        if (last != null) {
            values.add(Arguments.check(last, function.expected(values.size()), trace));
        }
        try {
            return function.body().call(values);
        } catch (FunctionException e) {
            trace.at(node);
            throw trace.error("error calling " + name + ": " + e.problem(), e);
        }
    }

    private Cell argument(Cell dot, Node.Operand node, Expected expected)
            throws TemplateException, InterruptedException, X {
        meter.step();
        trace.at(node);
        return switch (node) {
            case Node.Dot _ -> Arguments.check(dot, expected, trace);
            case Node.Nil _ -> Arguments.nil(expected, trace);
            case Node.Field field -> Arguments.check(field(dot, field, List.of(), null), expected, trace);
            case Node.Variable variable -> Arguments.check(variable(dot, variable, List.of(), null), expected, trace);
            case Node.Pipe pipe -> Arguments.check(pipeline(dot, pipe), expected, trace);
            case Node.Identifier identifier ->
                Arguments.check(function(dot, identifier, identifier, List.of(), null), expected, trace);
            case Node.Chain chain -> Arguments.check(chain(dot, chain, List.of(), null), expected, trace);
            case Node.Constant constant ->
                expected.isAny() ? constant(dot, constant) : Arguments.constant(constant, expected, trace);
        };
    }
}
