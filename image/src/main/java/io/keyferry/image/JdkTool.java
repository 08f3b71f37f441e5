package io.keyferry.image;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.spi.ToolProvider;

/** A tool of the JDK that this runs on. */
final class JdkTool {
    private final String name;
    private final ToolProvider tool;

    private JdkTool(String name, ToolProvider tool) {
        this.name = name;
        this.tool = tool;
    }

    static JdkTool named(String name) throws ImageException {
        return new JdkTool(
                name,
                ToolProvider.findFirst(name)
                        .orElseThrow(() ->
                                new ImageException("this JDK has no %s; a full JDK 25 is needed".formatted(name))));
    }

    void run(List<String> arguments) throws ImageException {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int exit = tool.run(writer, writer, arguments.toArray(String[]::new));
        writer.flush();
        if (exit != 0) {
            throw new ImageException("%s failed:%n%s".formatted(name, output));
        }
    }
}
