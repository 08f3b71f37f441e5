package io.keyferry.acceptance.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.keyferry.acceptance.Place;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Promtool;
import io.keyferry.testkit.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboards ask in a language that Prometheus understands, for metrics that there are. */
@RealParts
class DashboardsTest {
    private static final Path FOLDER = Place.root().resolve("deploy/dashboards");
    private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b(?=[{)\\[\\s]|$)");
    private static final Pattern LABELS =
            Pattern.compile("\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\\{[^}]*}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode dashboard(String name) throws IOException {
        return JSON.readTree(FOLDER.resolve(name + ".json").toFile());
    }

    private static List<String> expressions(JsonNode dashboard) {
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.path("expr").asText());
            }
        }
        return expressions;
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyferry", "vault-sync-operator"})
    void prometheusUnderstandsWhatIsAsked(String name, @TempDir Path folder) throws IOException {
        List<String> expressions = expressions(dashboard(name));
        assertThat(expressions).hasSizeGreaterThan(10);
        StringBuilder rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("  - record: panel_%d\n    expr: '%s'\n"
                    .formatted(i, expressions.get(i).replace("$__rate_interval", "5m")));
        }
        assertThat(new Promtool().check(Files.writeString(folder.resolve("rules.yaml"), rules)))
                .contains("SUCCESS: %d rules found".formatted(expressions.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyferry", "vault-sync-operator"})
    void everyMetricThatIsAskedForIsOneOfTheOperators(String name) throws IOException {
        Set<String> known = reference();
        Set<String> asked = expressions(dashboard(name)).stream()
                .map(expression -> LABELS.matcher(expression).replaceAll(""))
                .flatMap(expression -> METRIC.matcher(expression).results().map(found -> found.group()))
                .map(metric -> known.contains(metric) ? metric : metric.replaceAll("_(bucket|sum|count)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked).isNotEmpty().isSubsetOf(known);
    }

    /** The names in what the program tells about its metrics. */
    private static Set<String> reference() {
        try (OperatorProcess program = OperatorProcess.launch("metrics", "reference")) {
            assertThat(program.awaitExit(Place.SOON)).isZero();
            return program.lines().stream()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.substring(3, line.indexOf('`', 3)))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void panelsHaveNumbersOfTheirOwn() throws IOException {
        for (String name : List.of("keyferry", "vault-sync-operator")) {
            List<Integer> numbers = new ArrayList<>();
            dashboard(name)
                    .path("panels")
                    .forEach(panel -> numbers.add(panel.path("id").asInt()));
            assertThat(numbers).doesNotHaveDuplicates();
            assertThat(dashboard(name).path("uid").asText()).isEqualTo(name);
        }
    }

    @Test
    void theChartShipsThem() {
        assertThat(Chart.all(Chart.render("keyferry", Chart.EVERYTHING), ConfigMap.class))
                .extracting(map -> map.getMetadata().getName())
                .contains("keyferry-dashboard-keyferry", "keyferry-dashboard-vault-sync-operator");
    }
}
