package io.keyferry.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The samples of one scrape in the Prometheus text format.
 *
 * @param values value by sample as it is written: {@code name} or {@code name{label="value",...}}
 */
public record Samples(Map<String, Double> values) {
    private static final Pattern LINE = Pattern.compile("([^\\s{#]+(?:\\{.*})?)\\s+(\\S+)(?:\\s+-?\\d+)?");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    public Samples {
        values = Map.copyOf(values);
    }

    public static Samples parse(String text) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Matcher line :
                text.lines().map(LINE::matcher).filter(Matcher::matches).toList()) {
            values.put(line.group(1), number(line.group(2)));
        }
        return new Samples(values);
    }

    /** The samples of one metric: value by labels. Labels with empty values are left out. */
    public Map<Map<String, String>, Double> of(String metric) {
        Map<Map<String, String>, Double> found = new LinkedHashMap<>();
        values.forEach((sample, value) -> {
            if (sample.equals(metric) || sample.startsWith(metric + "{")) {
                found.put(labels(sample), value);
            }
        });
        return found;
    }

    /** The one sample of a metric with exactly these labels. */
    public Optional<Double> value(String metric, Map<String, String> labels) {
        return Optional.ofNullable(of(metric).get(labels));
    }

    /** The sum of a metric's samples that have at least these labels; 0 if there are none. */
    public double sum(String metric, Map<String, String> labels) {
        return of(metric).entrySet().stream()
                .filter(sample -> sample.getKey().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, String> labels(String sample) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Matcher label = LABEL.matcher(sample); label.find(); ) {
            if (!label.group(2).isEmpty()) {
                labels.put(label.group(1), unescape(label.group(2)));
            }
        }
        return labels;
    }

    private static String unescape(String value) {
        return value.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
