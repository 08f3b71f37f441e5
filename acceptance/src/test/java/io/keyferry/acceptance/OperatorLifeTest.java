package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.RealParts;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From start to stop, and who works when there are two. */
@RealParts
class OperatorLifeTest {
    private static final String LEASE = "7efd0e49.k8s.kiwi.com";

    @Test
    void withoutTheDefinitionItSaysSoAndWaits(@Own Cluster cluster, Vault vault) {
        try (OperatorProcess operator = World.operator(cluster, vault).start()) {
            operator.awaitLine(
                    line -> line.contains("custom resource definition not installed: vaultsecrets.k8s.kiwi.com"),
                    World.SOON);
            assertThat(operator.health("/healthz")).isEqualTo(200);
            assertThat(operator.health("/readyz")).isEqualTo(503);
            World.installCrds(cluster);
            operator.awaitReady(World.SOON);
        }
    }

    @Test
    void withoutTheApiServerItSaysSoAndWaits(@Own Cluster cluster, Vault vault) {
        World.installCrds(cluster);
        cluster.stopApiServer();
        try (OperatorProcess operator = World.operator(cluster, vault).start()) {
            operator.awaitLine(line -> line.contains("API server not reached"), Duration.ofSeconds(30));
            assertThat(operator.health("/healthz")).isEqualTo(200);
            cluster.startApiServer();
            operator.awaitReady(Duration.ofSeconds(30));
        }
    }

    @Test
    void itStartsWithoutVault(Cluster cluster, @Own Vault vault) {
        World.installCrds(cluster);
        World world = new World(cluster, vault);
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1h");
        vault.stop();
        try (OperatorProcess operator = world.operator().start()) {
            operator.awaitReady(World.SOON);
            world.awaitEvent("app", "vault read failed");
            vault.resume();
            world.awaitData("app", Map.of("k", "v"), Duration.ofSeconds(20));
        }
    }

    @Test
    void itStopsWithinFiveSeconds(Cluster cluster, Vault vault) {
        World.installCrds(cluster);
        World world = new World(cluster, vault);
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1s");
        try (OperatorProcess operator = world.operator().start()) {
            world.awaitData("app", Map.of("k", "v"));
            Instant asked = Instant.now();
            operator.terminate();
            operator.awaitExit(World.SOON);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(operator.lines().getLast()).contains("\"msg\":\"stopped\"");
        }
    }

    @Test
    void onlyOneOfTwoWorksAndTheOtherTakesOverWhenItStops(Cluster cluster, Vault vault) throws IOException {
        World.installCrds(cluster);
        World world = new World(cluster, vault);
        world.mount.put("app", Map.of("k", "one"));
        try (OperatorProcess first = elected(world).start()) {
            first.awaitLine(line -> line.contains("\"msg\":\"leading: vaultsecret\""), World.SOON);
            try (OperatorProcess second = elected(world).start()) {
                second.awaitReady(World.SOON);
                world.createReading("app", "app", "1s");
                world.awaitData("app", Map.of("k", "one"));
                assertThat(leading(first)).isEqualTo(1);
                assertThat(leading(second)).isZero();
                assertThat(world.client
                                .leases()
                                .inNamespace(world.namespace)
                                .withName(LEASE)
                                .get())
                        .isNotNull();
                Instant asked = Instant.now();
                first.terminate();
                assertThat(first.awaitExit(World.SOON)).isIn(0, 143);
                assertThat(first.lines().getLast()).contains("\"msg\":\"stopped\"");
                second.awaitLine(line -> line.contains("\"msg\":\"leading: vaultsecret\""), World.SOON);
                assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
                world.mount.put("app", Map.of("k", "two"));
                world.awaitData("app", Map.of("k", "two"));
                assertThat(leading(second)).isEqualTo(1);
            }
        }
    }

    private static OperatorProcess.Builder elected(World world) {
        return OperatorProcess.operator()
                .kubeconfig(world.cluster.kubeconfig())
                .environment("VAULT_ADDR", world.vault.address())
                .environment("POD_NAMESPACE", world.namespace)
                .arguments("--namespace=" + world.namespace);
    }

    private static double leading(OperatorProcess operator) throws IOException {
        return operator.metrics()
                .value("leader_election_master_status", Map.of("name", LEASE))
                .orElseThrow();
    }

    @Test
    void itWorksInTheNamespacesItIsGivenAndNoOther(Cluster cluster, Vault vault) {
        World.installCrds(cluster);
        List<World> worlds = List.of(new World(cluster, vault), new World(cluster, vault), new World(cluster, vault));
        for (World world : worlds) {
            world.mount.put("app", Map.of("k", "v"));
            world.createReading("app", "app", "1s");
        }
        try (OperatorProcess operator = World.operator(cluster, vault)
                .arguments("--namespace", worlds.get(0).namespace, "-namespace=" + worlds.get(1).namespace)
                .start()) {
            operator.awaitReady(World.SOON);
            worlds.get(0).awaitData("app", Map.of("k", "v"));
            worlds.get(1).awaitData("app", Map.of("k", "v"));
            worlds.get(1).mount.put("app", Map.of("k", "w"));
            worlds.get(1).awaitData("app", Map.of("k", "w"));
            worlds.get(0).delete("app");
            await().atMost(Duration.ofSeconds(30)).until(() -> worlds.get(0).secret("app") == null);
            assertThat(worlds.get(2).secret("app")).isNull();
        }
    }
}
