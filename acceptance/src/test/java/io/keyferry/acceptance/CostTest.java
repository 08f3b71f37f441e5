package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RecordedRequest;
import io.keyferry.testkit.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cost follows distinct remote secrets, not objects. */
@WithWorld
class CostTest {
    private static final int PATHS = 20;
    private static final int OBJECTS = 500;
    private final World world;

    CostTest(World world) {
        this.world = world;
        IntStream.range(0, PATHS).forEach(i -> world.mount.put("path-" + i, Map.of("k", "value-" + i)));
    }

    private void createAll(String period) throws InterruptedException {
        Crowd.of(OBJECTS, i -> world.createReading("object-" + i, "path-" + i % PATHS, period));
    }

    private void awaitAll() {
        await("all Secrets").atMost(Duration.ofSeconds(60)).until(() -> {
            List<Secret> secrets = world.secrets();
            return secrets.size() == OBJECTS && secrets.stream().allMatch(CostTest::holdsItsValue);
        });
    }

    private static boolean holdsItsValue(Secret secret) {
        int number = Integer.parseInt(secret.getMetadata().getName().replace("object-", ""));
        String value = "value-" + number % PATHS;
        return Map.of("k", Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                .equals(secret.getData());
    }

    private static long more(Map<String, Long> after, Map<String, Long> before, String request) {
        return after.getOrDefault(request, 0L) - before.getOrDefault(request, 0L);
    }

    private void awaitAllStatuses() {
        await("all statuses")
                .atMost(Duration.ofSeconds(60))
                .until(() -> IntStream.range(0, OBJECTS)
                        .allMatch(i -> !world.lastUpdated("object-" + i).isEmpty()));
    }

    @Test
    void objectsThatExistAtTheStartCostOneReadPerPath(Cluster cluster, Vault vault) throws InterruptedException {
        createAll("1h");
        vault.proxy().forget();
        Map<String, Long> before = cluster.requestCounts();
        try (OperatorProcess operator = world.operator().start()) {
            awaitAll();
            awaitAllStatuses();
            Map<String, Long> after = cluster.requestCounts();
            assertThat(more(after, before, "POST secrets")).isEqualTo(OBJECTS);
            assertThat(more(after, before, "PATCH vaultsecrets/status")).isEqualTo(OBJECTS);
            for (String request : List.of("PATCH secrets", "PUT secrets", "APPLY secrets", "GET secrets")) {
                assertThat(more(after, before, request)).as(request).isZero();
            }
            assertThat(world.valueReads()).hasSize(PATHS);
            assertThat(world.reads("/v1/sys/internal/ui/mounts/" + world.mount.name()))
                    .hasSize(1);
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void atRestThereIsOneReadPerPathAndPeriodAndNoSecretIsWritten(Cluster cluster, Vault vault)
            throws InterruptedException {
        createAll("10s");
        try (OperatorProcess operator = world.operator().start()) {
            awaitAll();
            awaitAllStatuses();
            // Everything has been polled once by then, so that all polls are on their grids.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> world.valueReads().size() >= 2 * PATHS);
            vault.proxy().forget();
            Map<String, Long> before = cluster.requestCounts();
            Instant start = Instant.now();
            await("two periods")
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> Duration.between(start, Instant.now()).toSeconds() >= 20);
            Map<String, Integer> reads = new java.util.TreeMap<>();
            world.valueReads().forEach(read -> reads.merge(read.path(), 1, Integer::sum));
            assertThat(reads).hasSize(PATHS);
            assertThat(reads.values()).allMatch(count -> count >= 1 && count <= 3);
            assertThat(reads.values().stream().mapToInt(Integer::intValue).sum())
                    .isBetween(2 * PATHS - 2, 2 * PATHS + 2);
            Map<String, Long> after = cluster.requestCounts();
            for (String verb : List.of("POST", "PATCH", "PUT", "APPLY", "GET", "LIST")) {
                assertThat(more(after, before, verb + " secrets")).as(verb).isZero();
            }
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void aBurstOnAWarmOperatorIsCoalescedAndNobodyGetsAnOldValue(Cluster cluster, Vault vault)
            throws InterruptedException {
        try (OperatorProcess operator = world.operator().start()) {
            operator.awaitReady(World.SOON);
            vault.proxy().forget();
            createAll("1h");
            awaitAll();
            List<Instant> times = world.valueReads().stream()
                    .map(RecordedRequest::time)
                    .sorted(Comparator.naturalOrder())
                    .toList();
            Duration burst = Duration.between(times.getFirst(), times.getLast());
            long quarters = burst.toMillis() / 250 + 1;
            assertThat(times.size()).isLessThanOrEqualTo((int) (PATHS * quarters));
            for (int i = 0; i < PATHS; i++) {
                world.mount.put("path-" + i, Map.of("k", "new-" + i));
            }
            for (int i = 0; i < PATHS; i++) {
                world.createReading("late-" + i, "path-" + i, "1h");
            }
            for (int i = 0; i < PATHS; i++) {
                int number = i;
                await().atMost(World.SOON).until(() -> world.data("late-" + number) != null);
                assertThat(Objects.requireNonNull(world.data("late-" + i))).containsEntry("k", "new-" + i);
            }
        }
    }
}
