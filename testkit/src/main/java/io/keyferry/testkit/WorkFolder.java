package io.keyferry.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder under the module's build folder for one server's data and logs. */
final class WorkFolder {
    private WorkFolder() {}

    static Path create(String prefix) {
        try {
            Path parent = Path.of("target").toAbsolutePath();
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, prefix + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server in a new folder; if that fails, the folder goes. */
    static <T> T with(String prefix, Function<Path, T> start) {
        Path folder = create(prefix);
        try {
            return start.apply(folder);
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    static void delete(Path folder) {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Path path : deepestFirst) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
