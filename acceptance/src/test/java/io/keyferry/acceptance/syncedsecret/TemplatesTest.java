package io.keyferry.acceptance.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.testkit.OperatorProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates see what is listed, and look up values; one that fails writes nothing. */
@WithOperator(dialect = "syncedsecret")
class TemplatesTest {
    private final AwsWorld world;

    TemplatesTest(AwsWorld world) {
        this.world = world;
    }

    private String tagged(String suffix, String tag) {
        String name = world.aws.newName() + suffix;
        world.aws.create(name, "{\"host\":\"h%s\"}".formatted(suffix), Map.of(tag, "any"));
        return name;
    }

    @Test
    void aTemplateRangesOverSecretsByTagInTheOrderOfTheirNames() {
        String tag = world.aws.newName();
        String one = tagged("-one", tag);
        String two = tagged("-two", tag);
        world.place.create(
                "app",
                AwsWorld.template(
                        "hosts",
                        "{{ range $name, $secret := filterByTagKey .Secrets \"%s\" }}{{ $s := getSecretValueMap $name }}{{ $name }}={{ $s.host }}\n{{ end }}"
                                .formatted(tag)));
        List<String> names = List.of(one, two).stream().sorted().toList();
        String wanted = names.stream()
                .map(name -> name + "=h" + name.substring(name.lastIndexOf('-')) + "\n")
                .collect(java.util.stream.Collectors.joining());
        world.place.awaitData("app", Map.of("hosts", wanted), io.keyferry.acceptance.Place.SOON);
    }

    @Test
    void aNewSecretOfTheTagWakesTheTemplate() {
        String tag = world.aws.newName();
        String one = tagged("-one", tag);
        world.place.create(
                "app",
                AwsWorld.template(
                        "names",
                        "{{ range $name, $_ := filterByTagKey .Secrets \"%s\" }}{{ $name }},{{ end }}".formatted(tag)));
        world.place.awaitData("app", Map.of("names", one + ","), io.keyferry.acceptance.Place.SOON);
        String two = tagged("-two", tag);
        String both = List.of(one, two).stream()
                .sorted()
                .map(name -> name + ",")
                .collect(java.util.stream.Collectors.joining());
        world.place.awaitData("app", Map.of("names", both), io.keyferry.acceptance.Place.SOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ base64 5 }}",
                "{{ eq 1 1.0 }}",
                "{{ .Nope }}",
                "{{ nosuchfunction }}",
                "{{ range }}",
                "{{ getSecretValue \"no-such-secret\" }}"
            })
    void aTemplateThatFailsWritesNothingAndIsCounted(String template, OperatorProcess operator) throws Exception {
        double before = operator.metrics()
                .sum("controller_runtime_reconcile_errors_total", Map.of("controller", "syncedsecret"));
        world.place.create("app", AwsWorld.template("k", template));
        org.awaitility.Awaitility.await("a condition")
                .until(() -> world.place.ready("app").startsWith("False "));
        assertThat(world.place.secret("app")).isNull();
        assertThat(operator.metrics()
                        .sum("controller_runtime_reconcile_errors_total", Map.of("controller", "syncedsecret")))
                .isGreaterThan(before);
    }

    @Test
    void aFailureNamesTheTemplateAndThePlace() {
        world.place.create("app", AwsWorld.template("k", "a\n{{ .Nope }}"));
        assertThat(world.place.awaitEvent("app", "TemplateFailed").getMessage())
                .startsWith("template: app:2:3: executing \"app\" at <.Nope>: ");
    }
}
