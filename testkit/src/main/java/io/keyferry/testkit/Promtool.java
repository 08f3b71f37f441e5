package io.keyferry.testkit;

import java.nio.file.Path;
import java.util.Map;

/** The real promtool. What it refuses is a {@link ToolFailure}. */
public final class Promtool {
    private final Tool tool = new Tool("promtool", Map.of());

    /** Looks for mistakes in a file of rules; what it prints. */
    public String check(Path rules) {
        return tool.run("check", "rules", rules.toString());
    }

    /** Runs a file of tests of rules; what it prints. */
    public String test(Path tests) {
        return tool.run("test", "rules", tests.toString());
    }
}
