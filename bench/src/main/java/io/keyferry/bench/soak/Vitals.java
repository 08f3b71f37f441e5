package io.keyferry.bench.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process occupies right after a full garbage collection.
 *
 * @param rssKb resident memory in KiB
 */
record Vitals(double rssKb, double threads, double descriptors) {
    static Vitals afterCollection(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process collection = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (collection.waitFor() != 0) {
            throw new IOException("process %d cannot be told to collect its garbage".formatted(pid));
        }
        Path folder = Path.of("/proc", Long.toString(pid));
        return new Vitals(
                rss(Files.readAllLines(folder.resolve("status"))), count(folder, "task"), count(folder, "fd"));
    }

    private static long rss(List<String> status) {
        String line =
                status.stream().filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    private static long count(Path folder, String kind) {
        try (Stream<Path> entries = Files.list(folder.resolve(kind))) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
