package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.FreePort;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.RecordedRequest;
import io.keyferry.testkit.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nothing already synced is lost because something failed, and everything converges without help. */
@WithWorld
class OutageTest {
    private static final int OBJECTS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static void awaitAll(World world, String value) {
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        await("all Secrets hold " + value).atMost(PATIENCE).ignoreExceptions().until(() -> {
            List<Secret> secrets = world.secrets();
            return secrets.size() == OBJECTS
                    && secrets.stream()
                            .allMatch(secret -> encoded.equals(secret.getData().get("k")));
        });
    }

    /** Fails if any Secret is missing, was made anew, or does not hold what was in Vault just now. */
    private static void nothingIsLost(World world, Map<String, String> uids, String value) {
        List<Secret> secrets = world.secrets();
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        assertThat(uids(secrets)).isEqualTo(uids);
        assertThat(secrets).allSatisfy(secret -> assertThat(secret.getData()).isEqualTo(Map.of("k", encoded)));
    }

    private static Map<String, String> uids(List<Secret> secrets) {
        return secrets.stream()
                .collect(Collectors.toMap(
                        secret -> secret.getMetadata().getName(),
                        secret -> secret.getMetadata().getUid()));
    }

    @Test
    void aStoreThatIsAwayAtTheStartHoldsUpNobodyElse(World world) {
        AwsWorld.installCrds(world.cluster);
        SafeWorld.installCrds(world.cluster);
        world.mount.put("path", Map.of("k", "v"));
        world.createReading("app", "path", "1h");
        String nowhere = "http://127.0.0.1:" + FreePort.next();
        try (OperatorProcess operator = world.operator()
                .arguments("--dialects=vaultsecret,syncedsecret,vsecmsecret")
                .environment("AWS_ENDPOINT_URL", nowhere)
                .environment("AWS_REGION", "us-east-1")
                .environment("AWS_ACCESS_KEY_ID", "none")
                .environment("AWS_SECRET_ACCESS_KEY", "none")
                .start()) {
            await("what is said of AWS")
                    .atMost(PATIENCE)
                    .until(() -> operator.lines().stream().anyMatch(line -> line.contains("dialect syncedsecret")));
            world.awaitReady("app", "True Synced");
            assertThat(operator.health("/healthz")).isEqualTo(200);
        }
    }

    @Test
    void vaultTheApiServerAndTheOperatorMayDieInTurn(@Own Cluster cluster, @Own Vault vault) {
        World.installCrds(cluster);
        World world = new World(cluster, vault);
        IntStream.range(0, 10).forEach(i -> world.mount.put("path-" + i, Map.of("k", "one")));
        IntStream.range(0, OBJECTS).forEach(i -> world.createReading("object-" + i, "path-" + i % 10, "1s"));
        OperatorProcess operator = world.operator().start();
        try {
            awaitAll(world, "one");
            Map<String, String> uids = uids(world.secrets());

            vault.stop();
            world.awaitReady("object-0", "False VaultReadFailed");
            assertThat(operator.health("/healthz")).isEqualTo(200);
            assertThat(operator.health("/readyz")).isEqualTo(200);
            nothingIsLost(world, uids, "one");
            vault.resume();
            IntStream.range(0, 10).forEach(i -> world.mount.put("path-" + i, Map.of("k", "two")));
            awaitAll(world, "two");
            world.awaitReady("object-0", "True Synced");

            cluster.stopApiServer();
            IntStream.range(0, 10).forEach(i -> world.mount.put("path-" + i, Map.of("k", "three")));
            assertThat(operator.health("/healthz")).isEqualTo(200);
            cluster.startApiServer();
            awaitAll(world, "three");
            nothingIsLost(world, uids, "three");

            operator.kill();
            IntStream.range(0, 10).forEach(i -> world.mount.put("path-" + i, Map.of("k", "four")));
            nothingIsLost(world, uids, "three");
            operator.close();
            operator = world.operator().start();
            awaitAll(world, "four");

            vault.seal();
            world.awaitReady("object-0", "False VaultReadFailed");
            nothingIsLost(world, uids, "four");
            vault.resume();
            world.awaitReady("object-0", "True Synced");
            awaitAll(world, "four");
        } finally {
            operator.close();
        }
    }

    @Test
    void whateverVaultAnswersTheLastGoodValueStays(World world, Vault vault) {
        world.mount.put("app", Map.of("k", "good"));
        List<Fault> faults = List.of(
                Fault.status(403),
                Fault.status(500),
                Fault.status(503),
                Fault.tooManyRequests(Duration.ofSeconds(1)),
                Fault.garbage(),
                Fault.reset(),
                Fault.hang(),
                Fault.slow(Duration.ofSeconds(5)),
                Fault.trickle(Duration.ofMillis(100)),
                Fault.huge(64L << 20));
        try (OperatorProcess operator =
                world.operator().environment("CLIENT_TIMEOUT", "1s").start()) {
            world.createReading("app", "app", "500ms");
            world.awaitData("app", Map.of("k", "good"));
            for (Fault fault : faults) {
                world.awaitReady("app", "True Synced");
                vault.proxy().inject("/v1/" + world.mount.name(), fault);
                staysGood(world, fault.toString());
                vault.proxy().heal();
            }
            world.awaitReady("app", "True Synced");
            vault.proxy().refuse();
            staysGood(world, "a closed port");
            vault.proxy().heal();
            world.mount.put("app", Map.of("k", "better"));
            world.awaitData("app", Map.of("k", "better"), PATIENCE);
            assertThat(operator.isAlive()).isTrue();
        }
    }

    private static void staysGood(World world, String fault) {
        await("a failed status with " + fault)
                .atMost(PATIENCE)
                .until(() -> world.ready("app").startsWith("False"));
        assertThat(world.data("app")).as("data with " + fault).isEqualTo(Map.of("k", "good"));
    }

    /** Also those wait who come only then. */
    @Test
    void aVaultThatAsksForAPauseGetsIt(World world, Vault vault) {
        Duration pause = Duration.ofSeconds(3);
        String mount = "/v1/" + world.mount.name();
        CompletableFuture<Instant> refused = new CompletableFuture<>();
        world.mount.put("app", Map.of("k", "one"));
        try (OperatorProcess _ = world.operator().start()) {
            world.createReading("app", "app", "500ms");
            world.awaitData("app", Map.of("k", "one"));
            vault.proxy()
                    .inject(
                            request -> request.path().startsWith(mount) && refused.complete(request.time()),
                            Fault.tooManyRequests(pause),
                            1);
            world.mount.put("app", Map.of("k", "two"));
            await().atMost(World.SOON).until(refused::isDone);
            world.createReading("late", "app", "500ms");
            world.awaitData("app", Map.of("k", "two"));
            world.awaitData("late", Map.of("k", "two"));
            Instant next = vault.proxy().requests().stream()
                    .filter(request -> request.path().startsWith(mount))
                    .map(RecordedRequest::time)
                    .filter(time -> time.isAfter(refused.join()))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            assertThat(Duration.between(refused.join(), next)).isGreaterThanOrEqualTo(pause);
        }
    }
}
