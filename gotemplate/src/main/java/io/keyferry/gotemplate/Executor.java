package io.keyferry.gotemplate;

import io.keyferry.gotemplate.fmt.Fmt;
import io.keyferry.gotemplate.fmt.Sink;
import io.keyferry.gotemplate.parse.Node;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.ListValue;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One execution of a template. */
final class Executor<X extends Exception> {
    private static final StringValue NO_VALUE = StringValue.of("<no value>");

    private final Map<StringValue, Node.Sequence> roots;
    private final Trace trace;
    private final Meter meter;
    private final Sink output;
    private final Evaluator<X> evaluator;

    Executor(Map<StringValue, Node.Sequence> roots, FunctionTable<X> functions, TemplateLimits limits, Trace trace) {
        this.roots = roots;
        this.trace = trace;
        this.meter = new Meter(limits);
        this.output = new Sink(meter::chargeOutput);
        this.evaluator = new Evaluator<>(functions, meter, trace);
    }

    /** How a node ends. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    byte[] run(StringValue name, Value root) throws TemplateException, InterruptedException, X {
        Cell dot = Cell.of(root);
        Node.Sequence sequence = roots.get(name);
        if (sequence == null) {
            throw trace.error(Fmt.quote(name) + " is an incomplete or empty template");
        }
        Variables _ = evaluator.begin(dot);
        walk(dot, sequence);
        return output.bytes();
    }

    private Flow walk(Cell dot, Node.Sequence sequence) throws TemplateException, InterruptedException, X {
        for (Node node : sequence.nodes()) {
            Flow flow = walk(dot, node);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow walk(Cell dot, Node node) throws TemplateException, InterruptedException, X {
        meter.step();
        trace.at(node);
        switch (node) {
            case Node.Text text -> output.write(text.text());
            case Node.Action action -> action(dot, action);
            case Node.Call call -> call(dot, call);
            case Node.Break _ -> {
                return Flow.BREAK;
            }
            case Node.Continue _ -> {
                return Flow.CONTINUE;
            }
            case Node.Branch branch -> {
                return branch(dot, branch);
            }
            case Node.Sequence sequence -> {
                return walk(dot, sequence);
            }
            case Node.Command _, Node.Operand _ -> throw new IllegalStateException("no statement");
        }
        return Flow.ON;
    }

    private void action(Cell dot, Node.Action action) throws TemplateException, InterruptedException, X {
        Cell value = evaluator.pipeline(dot, action.pipe());
        if (action.pipe().variables().isEmpty()) {
            trace.at(action);
            Value printed = value.value();
            Fmt.display(printed == null ? NO_VALUE : printed, output);
        }
    }

    private Flow branch(Cell dot, Node.Branch branch) throws TemplateException, InterruptedException, X {
        meter.enter();
        Variables variables = evaluator.variables();
        int mark = variables.mark();
        Cell value = evaluator.pipeline(dot, branch.pipe());
        Flow flow = branch instanceof Node.Range range ? range(dot, range, value) : choose(dot, branch, value);
        variables.dropTo(mark);
        meter.leave();
        return flow;
    }

    private Flow choose(Cell dot, Node.Branch branch, Cell value) throws TemplateException, InterruptedException, X {
        if (value.isTrue()) {
            return walk(branch instanceof Node.With ? value : dot, branch.body());
        }
        return otherwise(dot, branch);
    }

    private Flow otherwise(Cell dot, Node.Branch branch) throws TemplateException, InterruptedException, X {
        Node.Sequence otherwise = branch.otherwise();
        return otherwise == null ? Flow.ON : walk(dot, otherwise);
    }

    private Flow range(Cell dot, Node.Range range, Cell value) throws TemplateException, InterruptedException, X {
        switch (value.value()) {
            case null -> {
                return withoutItems(dot, range);
            }
            case ListValue list -> {
                if (list.items().isEmpty()) {
                    return withoutItems(dot, range);
                }
                int index = 0;
                for (Value item : list.items()) {
                    Cell element = Cell.in(list.type().element(), item);
                    if (iterate(range, Cell.of(IntValue.of(index)), element) == Flow.BREAK) {
                        break;
                    }
                    index++;
                }
            }
            case MapValue map -> {
                if (map.entries().isEmpty()) {
                    return withoutItems(dot, range);
                }
                for (Map.Entry<StringValue, Value> entry : map.entries().entrySet()) {
                    Cell element = Cell.in(map.type().element(), entry.getValue());
                    if (iterate(range, Cell.of(entry.getKey()), element) == Flow.BREAK) {
                        break;
                    }
                }
            }
            default -> throw trace.error("range can't iterate over a value of type " + value.typeName());
        }
        return Flow.ON;
    }

    /** A break in here ends this range, but a continue is one of the range around it. */
    private Flow withoutItems(Cell dot, Node.Range range) throws TemplateException, InterruptedException, X {
        Flow flow = otherwise(dot, range);
        return flow == Flow.BREAK ? Flow.ON : flow;
    }

    private Flow iterate(Node.Range range, Cell index, Cell element) throws TemplateException, InterruptedException, X {
        meter.step();
        Variables variables = evaluator.variables();
        List<Node.Variable> declared = range.pipe().variables();
        boolean two = declared.size() > 1;
        if (range.pipe().assigns()) {
            evaluator.assign(declared.getFirst(), two ? index : element);
            if (two) {
                evaluator.assign(declared.get(1), element);
            }
        } else if (!declared.isEmpty()) {
            variables.setLast(1, element);
            if (two) {
                variables.setLast(2, index);
            }
        }
        int mark = variables.mark();
        Flow flow = walk(element, range.body());
        variables.dropTo(mark);
        return flow;
    }

    private void call(Cell dot, Node.Call call) throws TemplateException, InterruptedException, X {
        Node.Sequence root = roots.get(call.name());
        if (root == null) {
            throw trace.error("template " + Fmt.quote(call.name()) + " not defined");
        }
        meter.enter();
        Node.@Nullable Pipe pipe = call.pipe();
        Cell argument = pipe == null ? Cell.NONE : evaluator.pipeline(dot, pipe);
        StringValue caller = trace.executing();
        trace.executing(call.name());
        Variables outer = evaluator.begin(argument);
        walk(argument, root);
        evaluator.resume(outer);
        trace.executing(caller);
        meter.leave();
    }
}
