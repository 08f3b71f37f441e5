package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KubernetesAuth;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RecordedRequest;
import io.keyferry.testkit.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cost follows distinct remote secrets, not objects. */
@WithWorld
class CostTest {
    private static final int PATHS = 20;
    private static final int OBJECTS = 500;
    private static final String ACCOUNT = "reader";

    private final World world;
    private final KubernetesAuth auth;

    CostTest(World world, Cluster cluster, Vault vault) {
        this.world = world;
        IntStream.range(0, PATHS).forEach(i -> put(i, "value-" + i));
        auth = vault.enableKubernetesAuth(cluster);
        cluster.newServiceAccount(world.namespace, ACCOUNT);
        auth.writeRole(ACCOUNT, world.namespace, ACCOUNT, "1h", vault.newPolicy(world.mount.readPolicy()));
    }

    private void put(int path, String value) {
        world.mount.put("path-" + path, Map.of("k", value));
    }

    private void create(String name, int path, String period) {
        Map<String, ?> account = Map.of("name", ACCOUNT, "role", ACCOUNT, "authPath", auth.loginPath());
        world.create(
                name,
                Map.of(
                        "paths",
                        List.of(world.path("path-" + path)),
                        "reconcilePeriod",
                        period,
                        "auth",
                        Map.of("serviceAccountRef", account)));
    }

    private void createAll(String period) throws InterruptedException {
        Crowd.of(OBJECTS, i -> create("object-" + i, i % PATHS, period));
    }

    private void awaitAll() {
        await("all Secrets").atMost(Duration.ofSeconds(60)).until(() -> {
            List<Secret> secrets = world.secrets();
            return secrets.size() == OBJECTS && secrets.stream().allMatch(CostTest::holdsItsValue);
        });
    }

    private static boolean holdsItsValue(Secret secret) {
        int number = Integer.parseInt(secret.getMetadata().getName().replace("object-", ""));
        return value(secret).equals("value-" + number % PATHS);
    }

    private static String value(Secret secret) {
        return new String(Base64.getDecoder().decode(secret.getData().get("k")), StandardCharsets.UTF_8);
    }

    private static long more(Map<String, Long> after, Map<String, Long> before, String request) {
        return after.getOrDefault(request, 0L) - before.getOrDefault(request, 0L);
    }

    private void awaitAllStatuses() {
        await("all statuses")
                .atMost(Duration.ofSeconds(60))
                .until(() -> world.vaultSecrets().stream()
                        .noneMatch(object -> Place.status(object, "lastUpdated").isEmpty()));
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
            assertThat(more(after, before, "POST serviceaccounts/token")).isEqualTo(1);
            assertThat(vault.proxy().count("/v1/" + auth.loginPath())).isEqualTo(1);
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
            Map<String, Integer> reads = new TreeMap<>();
            world.valueReads().forEach(read -> reads.merge(read.path(), 1, Integer::sum));
            assertThat(vault.proxy().connections()).as("new connections").isLessThan(PATHS / 2);
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

    /** Values count up all the time, so that a Secret tells when its value was read. */
    @Test
    void aBurstOnAWarmOperatorIsCoalescedAndNobodyGetsAnOldValue(Vault vault) throws Exception {
        AtomicIntegerArray stored = new AtomicIntegerArray(PATHS);
        AtomicIntegerArray storedBefore = new AtomicIntegerArray(OBJECTS);
        IntStream.range(0, PATHS).forEach(i -> put(i, "0"));
        try (OperatorProcess operator = world.operator().start();
                FirstValues first = FirstValues.of(world);
                Counting _ = Counting.of(this, stored)) {
            operator.awaitReady(World.SOON);
            vault.proxy().forget();
            Crowd.of(OBJECTS, i -> {
                storedBefore.set(i, stored.get(i % PATHS));
                create("object-" + i, i % PATHS, "1h");
            });
            await("all Secrets").atMost(Duration.ofSeconds(60)).until(() -> first.size() == OBJECTS);
            for (int i = 0; i < OBJECTS; i++) {
                assertThat(first.of("object-" + i)).as("object-" + i).isGreaterThanOrEqualTo(storedBefore.get(i));
            }
            Map<String, List<Instant>> reads = world.valueReads().stream()
                    .collect(Collectors.groupingBy(
                            RecordedRequest::path, Collectors.mapping(RecordedRequest::time, Collectors.toList())));
            assertThat(reads).hasSize(PATHS);
            reads.forEach(CostTest::atMostOneAQuarterOfASecond);
        }
    }

    /** The proxy sees reads a little later than they were begun, some more and some less. */
    private static void atMostOneAQuarterOfASecond(String path, List<Instant> times) {
        assertThat(times.size()).as("reads of " + path).isLessThanOrEqualTo((int)
                (Duration.between(times.getFirst(), times.getLast()).toMillis() / 250 + 1));
        for (int i = 0; i + 3 < times.size(); i++) {
            assertThat(Duration.between(times.get(i), times.get(i + 3)))
                    .as("three reads of %s after another", path)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(500));
        }
    }

    /** Writes 1, 2, 3 and so on to all paths, one after another. */
    private record Counting(AtomicBoolean ended, CompletableFuture<Void> done) implements AutoCloseable {
        /** @param stored gets what each path holds at least */
        static Counting of(CostTest test, AtomicIntegerArray stored) {
            AtomicBoolean ended = new AtomicBoolean();
            return new Counting(ended, CompletableFuture.runAsync(() -> {
                for (int number = 1; !ended.get(); number++) {
                    for (int path = 0; path < PATHS; path++) {
                        test.put(path, Integer.toString(number));
                        stored.set(path, number);
                    }
                }
            }));
        }

        @Override
        public void close() {
            ended.set(true);
            done.join();
        }
    }

    /** What Secrets held when they were made. */
    private record FirstValues(Map<String, Integer> values, AtomicReference<Exception> ended, Watch watch)
            implements AutoCloseable {
        static FirstValues of(World world) {
            Map<String, Integer> values = new ConcurrentHashMap<>();
            AtomicReference<Exception> ended = new AtomicReference<>();
            return new FirstValues(
                    values,
                    ended,
                    world.client.secrets().inNamespace(world.namespace).watch(new Watcher<>() {
                        @Override
                        public void eventReceived(Action action, Secret secret) {
                            values.putIfAbsent(secret.getMetadata().getName(), Integer.parseInt(value(secret)));
                        }

                        @Override
                        public void onClose(WatcherException cause) {
                            ended.set(cause);
                        }
                    }));
        }

        int size() {
            assertThat(ended.get()).as("why the watch ended").isNull();
            return values.size();
        }

        int of(String name) {
            return Objects.requireNonNull(values.get(name));
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
