package io.keyferry.acceptance.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environment and arguments, as the original takes them. */
@WithWorld
class ConfigurationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MARKER = "planted-marker-6c1d2f";

    private final AwsWorld world;
    private final String secret;

    ConfigurationTest(AwsWorld world) {
        this.world = world;
        secret = world.aws.newName();
        world.aws.create(secret, "{\"k\":\"%s\",\"n\":null}".formatted(MARKER));
    }

    @Test
    void argumentsThatTheOriginalIgnoredAreIgnored() {
        try (OperatorProcess operator = world.operator()
                .arguments("--enable-leader-election", "--metrics-addr", "127.0.0.1:8080", "-x=1", "--y", "z")
                .start()) {
            operator.awaitReady(Place.SOON);
            assertThat(operator.lines()).anyMatch(line -> line.contains("ignored: -x=1 --y z"));
        }
    }

    @ParameterizedTest
    @CsvSource({"POLL_INTERVAL_SEC, abc", "POLL_INTERVAL_SEC, 0", "SYNC_INTERVAL_SEC, 1.5", "METRICS_LISTEN, nowhere"})
    void aVariableThatMakesNoSenseEndsTheOperatorWithExitCode1(String name, String value) {
        try (OperatorProcess operator = AwsWorld.operator(world.cluster, world.aws)
                .environment(name, value)
                .launch("operator", "--dialects=syncedsecret")) {
            assertThat(operator.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(String.join("\n", operator.lines())).contains(name, value);
        }
    }

    @Test
    void logLinesHaveTheKeysOfTheOriginal() {
        try (OperatorProcess operator = world.operator().start()) {
            operator.awaitReady(Place.SOON);
            assertThat(operator.lines())
                    .filteredOn(line -> line.contains("starting keyferry"))
                    .singleElement()
                    .asString()
                    .matches(
                            "\\{\"level\":\"info\",\"timestamp\":\"[^\"]+\",\"logger\":\"[^\"]+\",\"caller\":\"[^\"]+\",\"msg\":.*");
        }
    }

    @Test
    void emptyVariablesCountAsUnset() {
        try (OperatorProcess operator = world.operator()
                .environment("SYNC_INTERVAL_SEC", "")
                .environment("NS_ANNOTATION", "")
                .environment("METRICS_LISTEN", "")
                .start()) {
            operator.awaitReady(Place.SOON);
        }
    }

    @Test
    void anotherAnnotationMayNameTheRoles() {
        world.annotate("example.com/roles", "[\"reader\"]");
        world.place.create("app", AwsWorld.dataFrom(secret));
        try (OperatorProcess _ = world.operator()
                .environment("NS_ANNOTATION", "example.com/roles")
                .start()) {
            world.place.awaitReady("app", "False RoleDenied");
        }
    }

    @Test
    void noSecretValueIsLogged() {
        world.place.create("app", AwsWorld.dataFrom(secret));
        world.place.create(
                "fails", AwsWorld.template("k", "{{ $s := getSecretValue \"%s\" }}{{ $s.x }}".formatted(secret)));
        world.place.create(
                "leaks", AwsWorld.template("k", "{{ getSecretValue (getSecretValueMap \"%s\").k }}".formatted(secret)));
        try (OperatorProcess operator =
                world.operator().arguments("--log-level=debug").start()) {
            world.place.awaitReady("app", "True Synced");
            world.place.awaitReady("fails", "False TemplateFailed");
            world.place.awaitReady("leaks", "False SecretMissing");
            assertThat(operator.lines()).noneMatch(line -> line.contains(MARKER));
            for (String name : List.of("fails", "leaks")) {
                assertThat(world.place.events(name))
                        .noneMatch(event -> event.toString().contains(MARKER));
                assertThat(world.place.object(name).toString()).doesNotContain(MARKER);
            }
        }
    }

    @Test
    void strictlyNothingIsWrittenThatGoPrintsOddly() {
        world.place.create("app", AwsWorld.dataFrom(secret));
        try (OperatorProcess _ =
                world.operator().environment("KEYFERRY_STRICT_VALUES", "true").start()) {
            world.place.awaitReady("app", "False ValueRefused");
            assertThat(world.place.awaitEvent("app", "ValueRefused").getMessage())
                    .contains("value of n");
            assertThat(world.place.secret("app")).isNull();
        }
    }

    @Test
    void aRoleMayListAndOthersRead() {
        Map<String, Object> spec = new TreeMap<>(AwsWorld.dataFrom(secret));
        spec.put("IAMRole", "reader");
        world.place.create("app", spec);
        try (OperatorProcess _ = world.operator()
                .environment("POLL_DEFAULT_SEARCH_ROLE", "searcher")
                .start()) {
            world.place.awaitReady("app", "True Synced");
            assertThat(world.aws.calls("AssumeRole")).isEqualTo(2);
        }
    }
}
