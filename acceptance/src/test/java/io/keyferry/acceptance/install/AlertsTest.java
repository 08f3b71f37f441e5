package io.keyferry.acceptance.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.keyferry.acceptance.Place;
import io.keyferry.testkit.Promtool;
import io.keyferry.testkit.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert fires when it should and not before, by Prometheus's own evaluation. */
@RealParts
class AlertsTest {
    private static final Path ALERTS = Place.root().resolve("deploy/alerts");
    private static final Path TESTS = Place.root().resolve("acceptance/src/test/resources/alerts");
    private static final Pattern DEFINED = Pattern.compile("- alert: (\\w+)");
    private static final Pattern TESTED = Pattern.compile("- alertname: (\\w+)\\s+eval_time: \\w+\\s+exp_alerts:");
    private static final Promtool PROMTOOL = new Promtool();

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(ALERTS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void prometheusEvaluatesThemAsIntended(String file, @TempDir Path folder) throws IOException {
        GenericKubernetesResource rule = Chart.YAML.unmarshal(Files.readString(ALERTS.resolve(file)));
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"),
                Chart.YAML.asYaml(rule.getAdditionalProperties().get("spec")));
        Path tests = Files.copy(TESTS.resolve(file), folder.resolve("tests.yaml"));
        assertThat(PROMTOOL.check(rules)).contains("SUCCESS");
        assertThat(PROMTOOL.test(tests)).contains("SUCCESS");
    }

    @Test
    void noneIsWithoutATest() throws IOException {
        for (String file : files()) {
            assertThat(named(TESTED, TESTS.resolve(file))).as(file).isEqualTo(named(DEFINED, ALERTS.resolve(file)));
        }
    }

    private static Set<String> named(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
