package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From start to stop, and who works when there are two. */
@WithWorld
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
        try (world;
                OperatorProcess operator = world.operator().start()) {
            operator.awaitReady(World.SOON);
            world.awaitEvent("app", "vault read failed");
            vault.resume();
            world.awaitData("app", Map.of("k", "v"), Duration.ofSeconds(20));
        }
    }

    /** The watch may tell of a new object of the same name while the end of the old one is being worked on. */
    @Test
    void whatIsDeletedAndMadeAnewAtOnceIsFollowed(World world) {
        List<String> names = IntStream.range(0, 30).mapToObj(i -> "object-" + i).toList();
        world.mount.put("app-0", Map.of("k", "0"));
        names.forEach(name -> world.createReading(name, "app-0", "200ms"));
        try (OperatorProcess _ = world.operator().start()) {
            for (int round = 1; round <= 3; round++) {
                String path = "app-" + round;
                world.mount.put(path, Map.of("k", Integer.toString(round)));
                for (String name : names) {
                    world.delete(name);
                    world.createReading(name, path, "200ms");
                }
                Map<String, String> wanted = Map.of("k", Integer.toString(round));
                names.forEach(name -> world.awaitData(name, wanted));
                names.forEach(name -> world.awaitReady(name, "True Synced"));
            }
        }
    }

    @Test
    void itStopsWithinFiveSeconds(World world) {
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

    /** Some reads never end, some writes are under way, and most objects wait. */
    @Test
    void aBurstThatIsCutOffLeavesWholeSecretsOrNone(World world, Vault vault) throws InterruptedException {
        Map<String, String> value = Map.of("a", "1", "b", "2");
        world.mount.put("quick", value);
        world.mount.put("stuck", value);
        Crowd.of(400, i -> world.createReading("app-" + i, i % 4 == 0 ? "stuck" : "quick", "1h"));
        vault.proxy().inject("/v1/" + world.mount.name() + "/data/stuck", Fault.hang());
        try (OperatorProcess operator = world.operator().start()) {
            await("the first Secret")
                    .atMost(World.SOON)
                    .until(() -> !world.secrets().isEmpty());
            Instant asked = Instant.now();
            operator.terminate();
            assertThat(operator.awaitExit(World.SOON)).isZero();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(operator.lines().getLast()).contains("\"msg\":\"stopped\"");
        } finally {
            vault.proxy().heal();
        }
        assertThat(world.secrets())
                .allSatisfy(secret ->
                        assertThat(world.data(secret.getMetadata().getName())).isEqualTo(value));
    }

    @Test
    void onlyOneOfTwoWorksAndTheOtherTakesOverWhenItStops(World world, Cluster cluster, Vault vault)
            throws IOException {
        world.mount.put("app", Map.of("k", "one"));
        try (OperatorProcess first = elected(world).start()) {
            first.awaitLine(line -> line.contains("\"msg\":\"leading: vaultsecret\""), World.SOON);
            // The flag goes before the variable, which names another namespace here.
            try (OperatorProcess second = elected(world)
                    .environment("POD_NAMESPACE", "default")
                    .arguments("--leader-election-namespace=" + world.namespace)
                    .start()) {
                second.awaitReady(World.SOON);
                world.createReading("app", "app", "1s");
                world.awaitData("app", Map.of("k", "one"));
                assertThat(leading(first)).isEqualTo(1);
                assertThat(leading(second)).isZero();
                // What the second sees meanwhile is not its work, and none of it is left over for later.
                world.createReading("gone", "app", "1s");
                world.awaitData("gone", Map.of("k", "one"));
                world.delete("gone");
                world.createReading("anew", "app", "1s");
                world.awaitData("anew", Map.of("k", "one"));
                world.delete("anew");
                world.create("anew", Map.of("paths", List.of(world.path("app", "p_")), "reconcilePeriod", "1s"));
                world.awaitData("anew", Map.of("p_k", "one"));
                assertThat(world.client
                                .leases()
                                .inNamespace(world.namespace)
                                .withName(LEASE)
                                .get())
                        .isNotNull();
                Instant asked = Instant.now();
                first.terminate();
                assertThat(first.awaitExit(World.SOON)).isZero();
                assertThat(first.lines().getLast()).contains("\"msg\":\"stopped\"");
                second.awaitLine(line -> line.contains("\"msg\":\"leading: vaultsecret\""), World.SOON);
                assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
                world.mount.put("app", Map.of("k", "two"));
                world.awaitData("app", Map.of("k", "two"));
                world.awaitData("anew", Map.of("p_k", "two"));
                assertThat(leading(second)).isEqualTo(1);
                assertThat(second.lines()).noneMatch(line -> line.contains("\"name\":\"gone\""));
                assertThat(second.metrics().sum("kw_vop_reconcile_count", Map.of("name", "gone")))
                        .isZero();
            }
        }
    }

    private static OperatorProcess.Builder elected(World world) {
        return OperatorProcess.operator()
                .kubeconfig(world.cluster.kubeconfig())
                .environment("VAULT_ADDR", world.vault.address())
                .environment("POD_NAMESPACE", world.namespace)
                .arguments("--dialects=vaultsecret", "--namespace=" + world.namespace);
    }

    private static double leading(OperatorProcess operator) throws IOException {
        return operator.metrics()
                .value("leader_election_master_status", Map.of("name", LEASE))
                .orElseThrow();
    }

    @Test
    void itWorksInTheNamespacesItIsGivenAndNoOther(World one, Cluster cluster, Vault vault) {
        try (World two = one.neighbour("-two");
                World other = one.neighbour("-other")) {
            one.mount.put("app", Map.of("k", "v"));
            for (World world : List.of(one, two, other)) {
                world.createReading("app", "app", "1s");
            }
            try (OperatorProcess operator = World.operator(cluster, vault)
                    .arguments("--namespace", one.namespace, "-namespace=" + two.namespace)
                    .start()) {
                operator.awaitReady(World.SOON);
                one.awaitData("app", Map.of("k", "v"));
                two.awaitData("app", Map.of("k", "v"));
                two.mount.put("app", Map.of("k", "w"));
                two.awaitData("app", Map.of("k", "w"));
                one.delete("app");
                await().atMost(Duration.ofSeconds(60)).until(() -> one.secret("app") == null);
                assertThat(other.secret("app")).isNull();
            }
        }
    }
}
