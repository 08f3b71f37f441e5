package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static io.keyferry.acceptance.PushWorld.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What moves Vault, and what does not. */
@WithOperator(dialect = "vaultsync")
class ChangesTest {
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    /** Long enough for anything that loops to have gone round many times. */
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final PushWorld world;

    ChangesTest(PushWorld world) {
        this.world = world;
    }

    private static double reconciles(OperatorProcess operator) throws IOException {
        return operator.metrics().sum("controller_runtime_reconcile_total", Map.of("controller", "vaultsync"));
    }

    private String version(String secret) {
        return world.secret(secret).require().getMetadata().getResourceVersion();
    }

    @Test
    void aRotatedSecretReachesVaultWithinFiveSeconds() {
        world.secret("db", Map.of("k", "1"));
        world.deployment("auto", Map.of(PATH, world.path("auto")), "db");
        world.deployment("custom", Map.of(PATH, world.path("custom"), SECRETS, "[{\"name\":\"db\",\"keys\":[\"k\"]}]"));
        world.secret("own", Map.of("k", "1"), Map.of(PATH, world.path("own")));
        for (String path : new String[] {"auto/db", "custom", "own"}) {
            world.awaitData(path, Map.of("k", "1"));
        }
        world.rotate("db", Map.of("k", "2"));
        world.rotate("own", Map.of("k", "2"));
        for (String path : new String[] {"auto/db", "custom", "own"}) {
            world.awaitData(path, Map.of("k", "2"), FIVE_SECONDS);
        }
        PushWorld.awaitThat(
                "the new version is noted",
                () -> PushWorld.annotation(world.deployment("auto"), PushWorld.VERSIONS)
                        .equals("{\"db\":\"%s\"}".formatted(version("db"))));
    }

    @Test
    void anAnnotatedSecretThatDoesNotChangeSettles() {
        world.secret("own", Map.of("k", "1"), Map.of(PATH, world.path("own")));
        world.awaitData("own", Map.of("k", "1"));
        PushWorld.awaitSettled(world.secret("own"));
        String settled = version("own");
        await().during(A_WHILE)
                .atMost(A_WHILE.multipliedBy(2))
                .until(() -> version("own").equals(settled));
        assertThat(world.versions("own")).isEqualTo(1);
    }

    @Test
    void alwaysWritingAnAnnotatedSecretSettlesTooAndWritesAtEachEdit() {
        Map<String, String> annotations = Map.of(PATH, world.path("own"), "vault-sync.io/rotation-check", "disabled");
        world.secret("own", Map.of("k", "1"), annotations);
        world.awaitData("own", Map.of("k", "1"));
        PushWorld.awaitSettled(world.secret("own"));
        String settled = version("own");
        await().during(A_WHILE)
                .atMost(A_WHILE.multipliedBy(2))
                .until(() -> version("own").equals(settled));
        assertThat(world.versions("own")).isEqualTo(1);
        PushWorld.annotate(world.secret("own"), Map.of("vault-sync.io/reconcile", "1h"));
        PushWorld.awaitThat("a second version", () -> world.versions("own") == 2);
    }

    @Test
    void aRolloutAndStatusChangesAreNoWork(OperatorProcess operator) throws IOException {
        world.secret("db", Map.of("k", "1"));
        world.deployment("app", Map.of(PATH, world.path("app")), "db");
        world.awaitData("app/db", Map.of("k", "1"));
        PushWorld.awaitSettled(world.deployment("app"));
        double before = reconciles(operator);
        PushWorld.edit(
                world.deployment("app"),
                app -> app.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .setImage("image:2"));
        for (int i = 1; i <= 5; i++) {
            int replicas = i;
            world.deployment("app").editStatus(app -> {
                app.getStatus().setReplicas(replicas);
                return app;
            });
        }
        world.secret("marker", Map.of("k", "1"), Map.of(PATH, world.path("marker")));
        world.awaitData("marker", Map.of("k", "1"));
        PushWorld.awaitSettled(world.secret("marker"));
        assertThat(reconciles(operator) - before)
                .as("reconciles, the marker's own apart")
                .isLessThanOrEqualTo(1);
        assertThat(world.versions("app/db")).isEqualTo(1);
    }

    @Test
    void labelsOfASecretAreNoWork() {
        world.secret("db", Map.of("k", "1"));
        world.deployment("app", Map.of(PATH, world.path("app")), "db");
        world.awaitData("app/db", Map.of("k", "1"));
        PushWorld.edit(world.secret("db"), secret -> secret.getMetadata().setLabels(Map.of("label", "l")));
        world.rotate("db", Map.of("k", "2"));
        world.awaitData("app/db", Map.of("k", "2"));
        assertThat(world.versions("app/db")).isEqualTo(2);
    }

    @Test
    void anotherPrefixOtherKeysAndAnotherPathAreApplied() {
        world.secret("db", Map.of("a", "1", "b", "2"));
        world.deployment("app", Map.of(PATH, world.path("one"), SECRETS, "[{\"name\":\"db\",\"keys\":[\"a\"]}]"));
        world.awaitData("one", Map.of("a", "1"));
        PushWorld.annotate(
                world.deployment("app"), Map.of(SECRETS, "[{\"name\":\"db\",\"keys\":[\"a\"],\"prefix\":\"x_\"}]"));
        world.awaitData("one", Map.of("x_a", "1"));
        PushWorld.annotate(world.deployment("app"), Map.of(SECRETS, "[{\"name\":\"db\",\"keys\":[\"b\"]}]"));
        world.awaitData("one", Map.of("b", "2"));
        PushWorld.annotate(world.deployment("app"), Map.of(PATH, world.path("two")));
        world.awaitData("two", Map.of("b", "2"));
        world.awaitData("one", Map.of());
        PushWorld.annotate(world.deployment("app"), Map.of(SECRETS, ""));
        world.awaitData("two", Map.of());
    }

    @Test
    void aDroppedReferenceIsPrunedAndTheOldBaseAfterAMove() {
        world.secret("one", Map.of("k", "1"));
        world.secret("two", Map.of("k", "2"));
        world.deployment("app", Map.of(PATH, world.path("app")), "one", "two");
        world.awaitData("app/two", Map.of("k", "2"));
        PushWorld.edit(
                world.deployment("app"),
                app -> app.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnvFrom()
                        .removeLast());
        world.awaitData("app/two", Map.of());
        assertThat(world.data("app/one")).containsEntry("k", "1");
        PushWorld.annotate(world.deployment("app"), Map.of(PATH, world.path("moved")));
        world.awaitData("moved/one", Map.of("k", "1"));
        world.awaitData("app/one", Map.of());
        PushWorld.awaitThat(
                "the record",
                () -> PushWorld.annotation(world.deployment("app"), "keyferry.io/vault-paths")
                        .equals("[\"%s\"]".formatted(world.path("moved/one"))));
    }

    @Test
    void whatVaultLostReturnsAtTheInterval() {
        world.secret("db", Map.of("k", "1"));
        String often = "10s";
        Map<String, String> interval = Map.of("vault-sync.io/reconcile", often);
        String selection = "[{\"name\":\"db\",\"keys\":[\"k\"]}]";
        world.deployment("auto", with(interval, Map.of(PATH, world.path("auto"))), "db");
        world.deployment("custom", with(interval, Map.of(PATH, world.path("custom"), SECRETS, selection)));
        world.secret("own", Map.of("k", "1"), with(interval, Map.of(PATH, world.path("own"))));
        world.secret(
                "selecting",
                Map.of("x", "1"),
                with(interval, Map.of(PATH, world.path("selecting"), SECRETS, selection)));
        String[] paths = {"auto/db", "custom", "own", "selecting"};
        PushWorld.awaitSettled(world.deployment("auto"));
        PushWorld.awaitSettled(world.deployment("custom"));
        PushWorld.awaitSettled(world.secret("own"));
        PushWorld.awaitSettled(world.secret("selecting"));
        for (String path : paths) {
            world.mount.delete(path);
            assertThat(world.data(path)).isEmpty();
        }
        for (String path : paths) {
            world.awaitData(path, Map.of("k", "1"), Duration.ofSeconds(35));
        }
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new java.util.TreeMap<>(some);
        all.putAll(more);
        return all;
    }
}
