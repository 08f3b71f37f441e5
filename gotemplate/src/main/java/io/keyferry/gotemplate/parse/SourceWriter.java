package io.keyferry.gotemplate.parse;

import io.keyferry.gotemplate.fmt.Fmt;
import java.util.List;

/** Writes nodes as Go prints them. */
final class SourceWriter {
    private final StringBuilder source = new StringBuilder();

    private SourceWriter() {}

    static String of(Node node) {
        SourceWriter writer = new SourceWriter();
        writer.write(node);
        return writer.source.toString();
    }

    private void write(Node node) {
        switch (node) {
            case Node.Sequence sequence -> sequence.nodes().forEach(this::write);
            case Node.Text text -> source.append(text.text().text());
            case Node.Action action -> braces("", action.pipe());
            case Node.If branch -> branch("if ", branch);
            case Node.With branch -> branch("with ", branch);
            case Node.Range branch -> branch("range ", branch);
            case Node.Break _ -> source.append("{{break}}");
            case Node.Continue _ -> source.append("{{continue}}");
            case Node.Call call -> call(call);
            case Node.Pipe pipe -> pipe(pipe);
            case Node.Command command -> separated(command.words(), " ");
            case Node.Identifier identifier -> source.append(identifier.name());
            case Node.Variable variable -> {
                source.append(variable.name());
                fields(variable.fields());
            }
            case Node.Field field -> fields(field.names());
            case Node.Chain chain -> {
                operand(chain.operand());
                fields(chain.fields());
            }
            case Node.Dot _ -> source.append('.');
            case Node.Nil _ -> source.append("nil");
            case Node.Bool bool -> source.append(bool.value());
            case Node.Numeral number -> source.append(number.value().text());
            case Node.StringConstant text -> source.append(text.quoted());
        }
    }

    private void braces(String word, Node.Pipe pipe) {
        source.append("{{").append(word);
        pipe(pipe);
        source.append("}}");
    }

    private void branch(String word, Node.Branch branch) {
        braces(word, branch.pipe());
        write(branch.body());
        Node.Sequence otherwise = branch.otherwise();
        if (otherwise != null) {
            source.append("{{else}}");
            write(otherwise);
        }
        source.append("{{end}}");
    }

    private void call(Node.Call call) {
        source.append("{{template ").append(Fmt.quote(call.name()));
        Node.Pipe pipe = call.pipe();
        if (pipe != null) {
            source.append(' ');
            pipe(pipe);
        }
        source.append("}}");
    }

    private void pipe(Node.Pipe pipe) {
        if (!pipe.variables().isEmpty()) {
            separated(pipe.variables(), ", ");
            source.append(pipe.assigns() ? " = " : " := ");
        }
        String separator = "";
        for (Node.Command command : pipe.commands()) {
            source.append(separator);
            write(command);
            separator = " | ";
        }
    }

    private void separated(List<? extends Node.Operand> operands, String separator) {
        String before = "";
        for (Node.Operand operand : operands) {
            source.append(before);
            operand(operand);
            before = separator;
        }
    }

    private void operand(Node.Operand operand) {
        if (operand instanceof Node.Pipe pipe) {
            source.append('(');
            pipe(pipe);
            source.append(')');
        } else {
            write(operand);
        }
    }

    private void fields(List<String> names) {
        names.forEach(name -> source.append('.').append(name));
    }
}
