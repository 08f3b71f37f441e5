package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static io.keyferry.acceptance.PushWorld.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What makes no sense, or names what is not there: nothing is written, and it is said. */
@WithOperator(dialect = "vaultsync", environment = "KEYFERRY_VAULTSYNC_GRANTS=")
class MistakesTest {
    private final PushWorld world;

    MistakesTest(PushWorld world) {
        this.world = world;
    }

    private static double sum(OperatorProcess operator, String metric, Map<String, String> labels) {
        try {
            return operator.metrics().sum("vault_sync_operator_" + metric, labels);
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void malformedSecretsWriteNothing(OperatorProcess operator) {
        String text = "failed to parse secrets annotation: invalid character ']' looking for beginning of value";
        world.deployment("app", Map.of(PATH, world.path("app"), SECRETS, "[{\"name\":\"db\"},]"));
        assertThat(world.awaitEvent("app", "AnnotationInvalid").getMessage()).isEqualTo(text);
        assertThat(operator.lines())
                .anyMatch(line -> line.contains(world.namespace) && line.contains("\"error\":\"" + text + "\""));
        Map<String, String> labels =
                Map.of("namespace", world.namespace, "resource", "app", "error_type", "json_parse_error");
        assertThat(sum(operator, "config_parse_errors_total", labels)).isEqualTo(1);
        PushWorld.annotate(world.deployment("app"), Map.of(SECRETS, " "));
        PushWorld.awaitThat("second attempt", () -> sum(operator, "config_parse_errors_total", labels) == 2);
        assertThat(world.versions("app")).isZero();
        assertThat(PushWorld.hasFinalizer(world.deployment("app"))).isTrue();
    }

    @Test
    void aMissingKeyAndThenAMissingSecretHealWithoutTouchingTheDeployment(OperatorProcess operator) {
        world.secret("one", Map.of("a", "1"));
        world.deployment(
                "app",
                Map.of(
                        PATH,
                        world.path("app"),
                        SECRETS,
                        "[{\"name\":\"one\",\"keys\":[\"a\",\"b\"]},{\"name\":\"two\",\"keys\":[\"c\"]}]"));
        assertThat(world.awaitEvent("app", "KeyMissing").getMessage()).isEqualTo("key b not found in secret one");
        assertThat(operator.awaitLine(
                        line -> line.contains(world.namespace) && line.contains("key b not found"), PushWorld.SOON))
                .contains("\"available_keys\":\"[\\\"a\\\"]\"");
        assertThat(sum(
                        operator,
                        "secret_key_missing_errors_total",
                        Map.of("namespace", world.namespace, "secret_name", "one", "key", "b")))
                .isPositive();
        assertThat(sum(operator, "sync_attempts_total", Map.of("namespace", world.namespace, "result", "failed")))
                .isPositive();
        assertThat(world.versions("app")).isZero();
        world.rotate("one", Map.of("a", "1", "b", "2"));
        PushWorld.awaitThat(
                "the missing Secret is counted",
                () -> sum(
                                operator,
                                "secret_not_found_errors_total",
                                Map.of("namespace", world.namespace, "secret_name", "two"))
                        > 0);
        assertThat(world.awaitEvent("app", "SecretMissing").getMessage())
                .isEqualTo("failed to get secret two (check if secret generators have run): Secret \"two\" not found");
        world.secret("two", Map.of("c", "3"));
        world.awaitData("app", Map.of("a", "1", "b", "2", "c", "3"));
    }

    @Test
    void pathsThatAreNoSecretsPathsAreRefused() {
        world.secret("db", Map.of("k", "v"));
        List<String> paths = List.of(
                "sys/policies/acl/x",
                "auth/token/create",
                "identity/entity",
                world.path("../x"),
                "/" + world.path("x"),
                world.path("a//b"),
                world.path("x/"));
        world.vault.proxy().forget();
        for (int i = 0; i < paths.size(); i++) {
            world.secret("s" + i, Map.of("k", "v"), Map.of(PATH, paths.get(i)));
            assertThat(world.awaitEvent("s" + i, "PathForbidden").getMessage()).contains(paths.get(i));
        }
        assertThat(world.vault.proxy().requests())
                .noneMatch(request ->
                        request.method().equals("PUT") && request.path().startsWith("/v1/sys"));
    }

    @Test
    void anEngineThatIsNoneForSecretsIsRefused() {
        String mount = "transit-" + world.namespace;
        world.vault.request("POST", "sys/mounts/" + mount, Map.of("type", "transit"));
        world.secret("db", Map.of("k", "v"), Map.of(PATH, mount + "/keys/x"));
        assertThat(world.awaitEvent("db", "VaultRefused").getMessage()).contains("no key-value engine");
    }

    @Test
    void noValueIsToldAnywhere(OperatorProcess operator) throws IOException {
        String marker = "marker-8a41c7";
        world.secret("db", Map.of("k", marker), Map.of(PATH, world.path("db")));
        world.secret("refused", Map.of("k", marker), Map.of(PATH, "nowhere/data/x"));
        world.awaitData("db", Map.of("k", marker));
        world.awaitEvent("refused", "VaultDenied");
        assertThat(operator.lines()).noneMatch(line -> line.contains(marker));
        assertThat(world.events("db").toString() + world.events("refused")).doesNotContain(marker);
        assertThat(operator.metrics().values().keySet()).noneMatch(sample -> sample.contains(marker));
        assertThat(world.secret("db").require().getMetadata().toString()).doesNotContain(marker);
    }
}
