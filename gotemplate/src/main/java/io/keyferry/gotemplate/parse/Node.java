package io.keyferry.gotemplate.parse;

import io.keyferry.gotemplate.value.StringValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a parsed template. {@link #source()} is how Go prints it back, which need not be what was written. */
public sealed interface Node {
    /** Where it is in the text of the template, in UTF-16 units. For {@code .a.b} Go counts from the last dot. */
    int position();

    /** The node in Go's own spelling. */
    default String source() {
        return SourceWriter.of(this);
    }

    /** What can be the word of a command. */
    sealed interface Operand extends Node {}

    /** A literal that takes no arguments. */
    sealed interface Constant extends Operand {}

    /** What has a pipeline, a body and perhaps an {@code else}. */
    sealed interface Branch extends Node {
        Pipe pipe();

        Sequence body();

        @Nullable
        Sequence otherwise();
    }

    record Sequence(int position, List<Node> nodes) implements Node {
        public Sequence {
            nodes = List.copyOf(nodes);
        }
    }

    record Text(int position, StringValue text) implements Node {}

    record Action(int position, Pipe pipe) implements Node {}

    record If(
            int position,
            Pipe pipe,
            Sequence body,
            @Nullable Sequence otherwise) implements Branch {}

    record With(
            int position,
            Pipe pipe,
            Sequence body,
            @Nullable Sequence otherwise) implements Branch {}

    record Range(
            int position,
            Pipe pipe,
            Sequence body,
            @Nullable Sequence otherwise) implements Branch {}

    record Break(int position) implements Node {}

    record Continue(int position) implements Node {}

    /** @param pipe null if the template is called without data */
    record Call(int position, StringValue name, @Nullable Pipe pipe) implements Node {}

    /** @param assigns whether the variables exist already and are set, rather than declared */
    record Pipe(int position, List<Variable> variables, boolean assigns, List<Command> commands) implements Operand {
        public Pipe {
            variables = List.copyOf(variables);
            commands = List.copyOf(commands);
        }
    }

    /** An operand and its arguments. */
    record Command(int position, List<Operand> words) implements Node {
        public Command {
            words = List.copyOf(words);
        }
    }

    /** The name of a function. */
    record Identifier(int position, String name) implements Operand {}

    /** @param name with its {@code $} */
    record Variable(int position, String name, List<String> fields) implements Operand {
        public Variable {
            fields = List.copyOf(fields);
        }
    }

    record Field(int position, List<String> names) implements Operand {
        public Field {
            names = List.copyOf(names);
        }
    }

    /** Fields of what is no plain field or variable. */
    record Chain(int position, Operand operand, List<String> fields) implements Operand {
        public Chain {
            fields = List.copyOf(fields);
        }
    }

    record Dot(int position) implements Constant {}

    record Nil(int position) implements Constant {}

    record Bool(int position, boolean value) implements Constant {}

    record Numeral(int position, NumberConstant value) implements Constant {}

    /** @param quoted with its quotes, as written */
    record StringConstant(int position, String quoted, StringValue value) implements Constant {}
}
