package io.keyferry.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program of the parts that is run to its end. */
final class Tool {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String name;
    private final Map<String, String> environment;

    /** @param environment all the environment it gets, besides PATH and a home of its own */
    Tool(String name, Map<String, String> environment) {
        this.name = name;
        this.environment = environment;
    }

    /**
     * What it prints.
     *
     * @throws ToolFailure if it ends otherwise than with 0
     */
    String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Parts.program(name).toString()));
        command.addAll(List.of(arguments));
        Path folder = WorkFolder.create(name);
        try {
            Map<String, String> all = new HashMap<>(environment);
            all.put("HOME", folder.toString());
            ChildProcess process = ChildProcess.start(command, all, folder.resolve("output"));
            if (!process.awaitExit(PATIENCE)) {
                process.kill();
            }
            String output = String.join("\n", process.lines());
            if (process.exitCode().orElse(-1) != 0) {
                throw new ToolFailure(output);
            }
            return output;
        } finally {
            WorkFolder.delete(folder);
        }
    }
}
