package io.keyferry.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Native libraries that jars bring along for this machine's kind, taken out of them. */
final class NativeLibraries {
    private static final String FOLDER = "META-INF/native/";

    private final String machine;

    /** @param machine as {@code os.arch} names it */
    NativeLibraries(String machine) {
        this.machine = machine.equals("amd64") ? "x86_64" : machine.equals("aarch64") ? "aarch_64" : machine;
    }

    /** Takes out those that talk to the Workload API's Unix socket; the JDK's own TLS does for the rest. */
    void copy(Path jars, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(jars)) {
            for (Path jar : all.filter(path -> path.toString().endsWith(".jar")).toList()) {
                copyFrom(jar, to);
            }
        }
    }

    private void copyFrom(Path jar, Path to) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : List.copyOf(file.stream().toList())) {
                String name = entry.getName();
                if (name.startsWith(FOLDER) && name.endsWith("epoll_" + machine + ".so")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, to.resolve(name.substring(FOLDER.length())));
                    }
                }
            }
        }
    }
}
