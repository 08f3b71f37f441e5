package io.keyferry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process has used, as the kernel tells.
 *
 * @param cpuSeconds user and system time since its start
 * @param rssMb resident memory now, in MB of 2^20 bytes
 * @param peakRssMb the most it ever was
 */
record Usage(double cpuSeconds, double rssMb, double peakRssMb) {
    /** Ticks a second in /proc: the same on every Linux of today. */
    private static final double TICKS = 100;

    static Usage of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(folder.resolve("stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        long ticks = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
        List<String> status = Files.readAllLines(folder.resolve("status"));
        return new Usage(ticks / TICKS, megabytes(status, "VmRSS:"), megabytes(status, "VmHWM:"));
    }

    private static double megabytes(List<String> status, String key) {
        String line = status.stream().filter(l -> l.startsWith(key)).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }

    /** The JVM options that a running operator was started with, but for one that names a class of its own. */
    static List<String> javaOptions(long pid) throws IOException {
        List<String> command = List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                .split("\0", -1));
        List<String> options = new ArrayList<>();
        for (String option : command.subList(1, command.indexOf("-jar"))) {
            if (option.startsWith("@")) {
                Files.readAllLines(Path.of(option.substring(1))).stream()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(options::add);
            } else {
                options.add(option);
            }
        }
        options.removeIf(
                option -> option.startsWith("-Djava.util.logging.manager=") || option.startsWith("-XX:AOTCache="));
        return options;
    }
}
