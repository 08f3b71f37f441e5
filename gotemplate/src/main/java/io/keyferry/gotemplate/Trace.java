package io.keyferry.gotemplate;

import io.keyferry.gotemplate.fmt.Fmt;
import io.keyferry.gotemplate.parse.Node;
import io.keyferry.gotemplate.value.StringValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where an execution is, for messages. */
final class Trace {
    private final String name;
    private final String source;
    private StringValue executing;
    private @Nullable Node node;

    Trace(String name, String source) {
        this.name = name;
        this.source = source;
        this.executing = StringValue.of(name);
    }

    StringValue executing() {
        return executing;
    }

    void executing(StringValue template) {
        executing = template;
    }

    void at(Node current) {
        node = current;
    }

    TemplateException error(String problem) {
        return error(problem, null);
    }

    TemplateException error(String problem, @Nullable Throwable cause) {
        Node current = node;
        if (current == null) {
            return new TemplateException("template: " + name + ": " + problem, cause);
        }
        int position = current.position();
        int lineStart = position == 0 ? 0 : source.lastIndexOf('\n', position - 1) + 1;
        long line = 1
                + source.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        int column = source.substring(lineStart, position).getBytes(StandardCharsets.UTF_8).length;
        return new TemplateException(
                "template: " + name + ":" + line + ":" + column + ": executing " + Fmt.quote(executing) + " at <"
                        + current.source() + ">: " + problem,
                cause);
    }
}
