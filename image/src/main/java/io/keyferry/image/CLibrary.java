package io.keyferry.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The C library of the machine that makes the image, as far as programs in the image need it. */
final class CLibrary {
    /** As in {@code libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f...)} and {@code /lib64/ld-linux... (0x...)}. */
    private static final Pattern FOUND = Pattern.compile("^\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)$");

    private static final Pattern MISSING = Pattern.compile("^\\s*(\\S+) => not found$");

    private final Path root;

    /** @param root what stands for the image's root: what is found there already is not the machine's */
    CLibrary(Path root) {
        this.root = root;
    }

    /** @return the libraries that these programs and libraries load, where the machine has them */
    Set<Path> neededBy(Set<Path> programs) throws ImageException, IOException, InterruptedException {
        Set<Path> found = new TreeSet<>();
        for (Path program : programs) {
            for (String line : ldd(program.toString()).split("\n", -1)) {
                Matcher missing = MISSING.matcher(line);
                if (missing.matches() && !isWithin(programs, missing.group(1))) {
                    throw new ImageException(
                            "%s needs %s, which this machine has not".formatted(program, missing.group(1)));
                }
                Matcher matcher = FOUND.matcher(line);
                if (matcher.matches() && !Path.of(matcher.group(1)).normalize().startsWith(root)) {
                    found.add(Path.of(matcher.group(1)));
                }
            }
        }
        return found;
    }

    /** Some libraries of the JDK find each other only within a JVM. */
    private static boolean isWithin(Set<Path> programs, String name) {
        return programs.stream().anyMatch(program -> program.endsWith(name));
    }

    /** As in {@code ldd (Debian GLIBC 2.36-9+deb12u14) 2.36}, of which what is in brackets says most. */
    static String version() throws ImageException, IOException, InterruptedException {
        String told = ldd("--version").lines().findFirst().orElse("");
        Matcher matcher = Pattern.compile("\\((?:\\S+ )?GLIBC ([^)]+)\\)").matcher(told);
        return matcher.find() ? matcher.group(1) : told.substring(told.lastIndexOf(' ') + 1);
    }

    private static String ldd(String argument) throws ImageException, IOException, InterruptedException {
        Process process =
                new ProcessBuilder("ldd", argument).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new ImageException("ldd %s failed:%n%s".formatted(argument, output));
        }
        return output;
    }

    /** Copies each library to the same place below the root, under the name it is asked for by. */
    void copy(Set<Path> libraries) throws IOException {
        for (Path library : libraries) {
            Path to = root.resolve(library.getRoot().relativize(library));
            Files.createDirectories(to.getParent());
            Files.copy(library.toRealPath(), to);
        }
    }
}
