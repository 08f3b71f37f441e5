package io.keyferry.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The part of the JDK that the operator needs. */
final class RuntimeImage {
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "jdk.httpserver",
            "jdk.unsupported");

    /** Of the two archives of the JDK's own classes the one for compact headers, which the operator runs with. */
    private static final String OTHER_ARCHIVE = "lib/server/classes.jsa";

    /** A program that starts jars as if they were programs. */
    private static final String JAR_STARTER = "lib/jexec";

    private final JdkTool jlink;

    RuntimeImage(JdkTool jlink) {
        this.jlink = jlink;
    }

    /** @param to a folder that is not there yet */
    void make(Path to) throws ImageException, IOException {
        jlink.run(List.of(
                "--add-modules",
                String.join(",", MODULES),
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--generate-cds-archive",
                "--output",
                to.toString()));
        Files.deleteIfExists(to.resolve(OTHER_ARCHIVE));
        Files.deleteIfExists(to.resolve(JAR_STARTER));
    }
}
