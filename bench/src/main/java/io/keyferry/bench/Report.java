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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What was measured, in the order in which it is told, with the limits it is held to. Of figures that are measured several times
 * the median is told, of counts the highest.
 */
final class Report {
    private static final Path FOLDER = Path.of("..", ".local", "bench");

    /** @param place where it is told; what belongs together shares one */
    private record Line(int place, String what, List<Double> values, String unit, OptionalDouble limit) {
        boolean isCount() {
            return unit.isEmpty();
        }

        double value() {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            if (isCount()) {
                return sorted.getLast();
            }
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }

        boolean isMet() {
            return limit.isEmpty() || value() <= limit.getAsDouble();
        }
    }

    private final Options options;
    private final Instant time = Instant.now();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, Integer> requests = new HashMap<>();

    Report(Options options) {
        this.options = options;
    }

    boolean isEmpty() {
        return lines.isEmpty();
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
        int place = requests.computeIfAbsent(when, w -> lines.size());
        counts.forEach((request, count) ->
                add(place, "  " + when + ": " + request, (double) count, "", OptionalDouble.empty()));
    }

    private void add(String what, double value, String unit, OptionalDouble limit) {
        add(lines.size(), what, value, unit, limit);
    }

    private void add(int place, String what, double value, String unit, OptionalDouble limit) {
        lines.computeIfAbsent(what, w -> new Line(place, what, new ArrayList<>(), unit, limit))
                .values()
                .add(value);
    }

    private List<Line> inOrder() {
        return lines.values().stream()
                .sorted(Comparator.comparingInt(Line::place))
                .toList();
    }

    void print(PrintStream out) {
        out.printf(
                "%n%s: %d objects, %d secrets, period %d s%s%n",
                options.scenario().name().toLowerCase(Locale.ROOT),
                options.objects(),
                options.secrets(),
                options.period(),
                options.rounds() == 1
                        ? ""
                        : "; medians of %d rounds, of counts the highest".formatted(options.rounds()));
        for (Line line : inOrder()) {
            String limit = line.limit().isEmpty()
                    ? ""
                    : "target %-8s %s"
                            .formatted(text(line.limit().getAsDouble(), line), line.isMet() ? "met" : "NOT MET");
            out.println("%-50s %10s %-3s %-24s %s"
                    .formatted(line.what(), text(line.value(), line), line.unit(), limit, each(line))
                    .stripTrailing());
        }
    }

    private static String each(Line line) {
        return line.values().size() == 1 || line.isCount()
                ? ""
                : line.values().stream().map(value -> text(value, line)).collect(Collectors.joining(" "));
    }

    private static String text(double value, Line line) {
        return String.format(Locale.ROOT, line.isCount() ? "%.0f" : "%.2f", value);
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
                .put("rounds", options.rounds())
                .put("javaOptions", options.javaOptions())
                .put("heap", options.heap().orElse(""));
        ArrayNode measured = root.putArray("measured");
        for (Line line : inOrder()) {
            ObjectNode node = measured.addObject()
                    .put("what", line.what().strip())
                    .put("value", line.value())
                    .put("unit", line.unit());
            line.values().forEach(node.putArray("values")::add);
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
