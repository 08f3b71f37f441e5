package io.keyferry.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the programs that {@code ./dev setup} obtained, as it links them under {@code .local/parts}. The environment
 * variable {@code KEYFERRY_PARTS} names another folder that holds them.
 */
final class Parts {
    private Parts() {}

    static Path program(String name) {
        String elsewhere = System.getenv("KEYFERRY_PARTS");
        Path folder = elsewhere == null ? ProjectRoot.find().resolve(".local").resolve("parts") : Path.of(elsewhere);
        Path program = folder.resolve(name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException("no program " + program + ": run ./dev setup");
        }
        return program;
    }
}
