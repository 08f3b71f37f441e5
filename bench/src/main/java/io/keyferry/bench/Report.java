package io.keyferry.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured, in the order in which it is told, with the limits it is held to. */
final class Report {
    private static final Path FOLDER = Path.of("..", ".local", "bench");

    private record Line(String what, double value, String unit, OptionalDouble limit) {
        boolean isMet() {
            return limit.isEmpty() || value <= limit.getAsDouble();
        }
    }

    private final Options options;
    private final Instant time = Instant.now();
    private final List<Line> lines = new ArrayList<>();

    Report(Options options) {
        this.options = options;
    }

    void seconds(String what, Duration value) {
        add(what, value.toNanos() / 1e9, "s", OptionalDouble.empty());
    }

    void seconds(String what, Duration value, double limit) {
        add(what, value.toNanos() / 1e9, "s", OptionalDouble.of(limit));
    }

    void ratio(String what, Duration value, Duration of) {
        add(what, (double) value.toNanos() / of.toNanos(), "x", OptionalDouble.empty());
    }

    void ratio(String what, Duration value, Duration of, double limit) {
        add(what, (double) value.toNanos() / of.toNanos(), "x", OptionalDouble.of(limit));
    }

    void number(String what, double value, String unit) {
        add(what, value, unit, OptionalDouble.empty());
    }

    void number(String what, double value, String unit, double limit) {
        add(what, value, unit, OptionalDouble.of(limit));
    }

    void count(String what, long value) {
        add(what, (double) value, "", OptionalDouble.empty());
    }

    void count(String what, long value, double limit) {
        add(what, (double) value, "", OptionalDouble.of(limit));
    }

    /** Each kind of request in a line of its own. */
    void requests(String when, Map<String, Long> counts) {
        counts.forEach((request, count) -> count("  " + when + ": " + request, count));
    }

    private void add(String what, double value, String unit, OptionalDouble limit) {
        lines.add(new Line(what, value, unit, limit));
    }

    void print(PrintStream out) {
        out.printf(
                "%n%s: %d objects, %d secrets, period %d s%n",
                options.scenario().name().toLowerCase(Locale.ROOT),
                options.objects(),
                options.secrets(),
                options.period());
        for (Line line : lines) {
            String limit = line.limit().isEmpty()
                    ? ""
                    : "target %-8s %s"
                            .formatted(text(line.limit().getAsDouble(), line), line.isMet() ? "met" : "NOT MET");
            out.println("%-50s %10s %-3s %s"
                    .formatted(line.what(), text(line.value(), line), line.unit(), limit)
                    .stripTrailing());
        }
    }

    private static String text(double value, Line line) {
        boolean whole = line.unit().isEmpty();
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.2f", value);
    }

    /** @return the file */
    Path write() throws IOException {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        String scenario = options.scenario().name().toLowerCase(Locale.ROOT);
        ObjectNode root = json.createObjectNode()
                .put("scenario", scenario)
                .put("time", time.toString())
                .put("objects", options.objects())
                .put("secrets", options.secrets())
                .put("periodSeconds", options.period())
                .put("javaOptions", options.javaOptions())
                .put("heap", options.heap().orElse(""));
        ArrayNode measured = root.putArray("measured");
        for (Line line : lines) {
            ObjectNode node = measured.addObject()
                    .put("what", line.what().strip())
                    .put("value", line.value())
                    .put("unit", line.unit());
            line.limit().ifPresent(limit -> node.put("target", limit).put("met", line.isMet()));
        }
        Files.createDirectories(FOLDER);
        String name = "%s-%d-%d-%s.json"
                .formatted(
                        scenario,
                        options.objects(),
                        options.secrets(),
                        time.toString().replaceAll("[:.]", "-"));
        return Files.writeString(FOLDER.resolve(name), json.writeValueAsString(root) + "\n")
                .toRealPath();
    }
}
