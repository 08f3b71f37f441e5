package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.RecordedRequest;
import io.keyferry.testkit.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * While Vault is down Secrets stay as they are, reads are tried again with pauses that grow but not beyond the period,
 * and everything goes on by itself once Vault is back. One tenant whose Vault hangs holds up nobody else.
 */
@WithWorld
class VaultDownTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void secretsStayAndTheSyncResumesByItself(Cluster cluster, @Own Vault vault) {
        try (World world = new World(cluster, vault);
                OperatorProcess operator = world.operator().start()) {
            world.mount.put("app", Map.of("k", "one"));
            world.createReading("app", "app", "1s");
            world.awaitData("app", Map.of("k", "one"));
            String version = world.requireSecret("app").getMetadata().getResourceVersion();
            vault.stop();
            assertThat(world.awaitEvent("app", "vault read failed").getMessage())
                    .startsWith("failed to read paths from vault: ");
            world.awaitReady("app", "False VaultReadFailed");
            world.createReading("new", "app", "1s");
            world.awaitReady("new", "False VaultReadFailed");
            assertThat(world.secret("new")).isNull();
            assertThat(world.requireSecret("app").getMetadata().getResourceVersion())
                    .isEqualTo(version);
            vault.resume();
            world.mount.put("app", Map.of("k", "two"));
            world.awaitData("app", Map.of("k", "two"), PATIENCE);
            world.awaitData("new", Map.of("k", "two"), PATIENCE);
            world.awaitReady("app", "True Synced");
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void aReadThatFailsIsTriedAgainWithinThePeriodButNotAtOnce(World world, Vault vault) {
        world.mount.put("app", Map.of("k", "one"));
        String path = "/v1/" + world.mount.name() + "/data/app";
        try (OperatorProcess operator = world.operator().start()) {
            vault.proxy().inject(path, Fault.status(500));
            world.createReading("app", "app", "1s");
            await("six attempts").atMost(PATIENCE).until(() -> vault.proxy().count(path) >= 6);
            List<Instant> attempts =
                    world.reads(path).stream().map(RecordedRequest::time).toList();
            Duration took = Duration.between(attempts.getFirst(), attempts.get(5));
            assertThat(took).isGreaterThan(Duration.ofMillis(500));
            vault.proxy().heal();
            world.awaitData("app", Map.of("k", "one"), PATIENCE);
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void aRequestThatHangsEndsAfterTheClientTimeout(World world, Vault vault) {
        world.mount.put("app", Map.of("k", "v"));
        vault.proxy().inject("/v1/" + world.mount.name(), Fault.hang());
        try (OperatorProcess operator =
                world.operator().environment("client_timeout", "500ms").start()) {
            world.createReading("app", "app", "1s");
            assertThat(world.awaitEvent("app", "vault read failed").getMessage())
                    .startsWith("failed to read paths from vault: ");
            assertThat(world.secret("app")).isNull();
            vault.proxy().heal();
            world.awaitData("app", Map.of("k", "v"), PATIENCE);
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void aTenantWhoseVaultHangsHoldsUpNobodyElse(World well, Cluster cluster, @Own Vault other) {
        try (World hung = new World(cluster, other)) {
            hung.mount.put("app", Map.of("k", "v"));
            well.mount.put("app", Map.of("k", "v"));
            other.proxy().inject("/v1/", Fault.hang());
            try (OperatorProcess operator =
                    well.operator().arguments("--namespace=" + hung.namespace).start()) {
                for (int i = 0; i < 100; i++) {
                    hung.create("hung-" + i, Map.of("paths", List.of(hung.path("app")), "addr", other.address()));
                }
                for (int i = 0; i < 5; i++) {
                    well.createReading("well-" + i, "app", "500ms");
                }
                for (int i = 0; i < 5; i++) {
                    well.awaitData("well-" + i, Map.of("k", "v"));
                }
                well.mount.put("app", Map.of("k", "new"));
                well.awaitData("well-0", Map.of("k", "new"));
                assertThat(hung.secrets()).isEmpty();
                other.proxy().heal();
                hung.awaitData("hung-99", Map.of("k", "v"), PATIENCE);
                assertThat(operator.isAlive()).isTrue();
            }
        }
    }
}
