package io.keyferry.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A copy of this checkout in which nothing has been built or started, and a shell that runs in it. */
public final class CheckoutCopy {
    private static final List<String> OF_SERVERS = List.of("KUBECONFIG", "VAULT_ADDR", "VAULT_TOKEN", "BAO_TOKEN");

    private final Path folder;

    private CheckoutCopy(Path folder) {
        this.folder = folder;
    }

    /** @param to an empty folder */
    public static CheckoutCopy in(Path to) throws IOException {
        Path root = Place.root();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (isMade(from)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(root.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(root.relativize(from));
                if (attributes.isSymbolicLink()) {
                    Files.createSymbolicLink(copy, Files.readSymbolicLink(from));
                } else {
                    Files.copy(from, copy);
                    boolean _ = copy.toFile().setExecutable(Files.isExecutable(from));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new CheckoutCopy(to);
    }

    /** Packages may be called target, too. */
    private static boolean isMade(Path folder) {
        return folder.endsWith(".local")
                || (folder.endsWith("target") && Files.exists(folder.resolveSibling("pom.xml")));
    }

    /** What came of a script; an exit code of -1 says that it took too long. */
    public record Ended(int exit, String output) {}

    /** Runs a script of bash in the copy. */
    public Ended run(String script, Duration patience) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(OF_SERVERS);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        return new Ended(ended ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
    }

    /** A file of the copy. */
    public Path file(String name) {
        return folder.resolve(name);
    }
}
