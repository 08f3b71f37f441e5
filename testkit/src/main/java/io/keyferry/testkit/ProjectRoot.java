package io.keyferry.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The checkout that the tests run in, found upwards from the working directory. */
final class ProjectRoot {
    private static final Path MARK = Path.of("parts", "control-plane", "go.mod");

    private ProjectRoot() {}

    static Path find() {
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(MARK))) {
                return folder;
            }
        }
        throw new IllegalStateException("no Keyferry checkout at or above " + start);
    }
}
