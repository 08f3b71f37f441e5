package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A Secret is there within a second of its VaultSecret. What has not changed writes nothing to the Secret but advances
 * {@code lastUpdated}; a changed value arrives within one period.
 */
@WithOperator
class ChangesTest {
    private final World world;
    private final OperatorProcess operator;

    ChangesTest(World world, OperatorProcess operator) {
        this.world = world;
        this.operator = operator;
    }

    /** Somebody else may have the machine for a second now and then, but not half the time. */
    private static Duration median(int attempts, IntConsumer attempt) {
        return IntStream.range(0, attempts)
                .mapToObj(i -> {
                    Instant start = Instant.now();
                    attempt.accept(i);
                    return Duration.between(start, Instant.now());
                })
                .sorted()
                .toList()
                .get(attempts / 2);
    }

    @Test
    void onAWarmOperatorASecretIsThereWithinASecond() {
        world.mount.put("app", Map.of("user", "admin", "password", "one"));
        Duration median = median(11, i -> {
            world.createReading("app-" + i, "app", "1h");
            world.awaitData("app-" + i, Map.of("user", "admin", "password", "one"));
        });
        assertThat(median).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aChangedValueArrivesWithinOnePeriod() {
        world.mount.put("app", Map.of("k", "one"));
        world.createReading("app", "app", "2s");
        world.awaitData("app", Map.of("k", "one"));
        world.awaitEvent("app", "created");
        Duration median = median(3, i -> {
            world.mount.put("app", Map.of("k", "new-" + i));
            world.awaitData("app", Map.of("k", "new-" + i));
        });
        assertThat(median).isLessThan(Duration.ofSeconds(3));
        assertThat(world.awaitEvent("app", "updated").getMessage()).isEqualTo("Secret has been updated.");
    }

    @Test
    void anUnchangedSecretIsNotWrittenButTheTimeIs() {
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1s");
        world.awaitData("app", Map.of("k", "v"));
        await().atMost(World.SOON).until(() -> !world.lastUpdated("app").isEmpty());
        String version = world.requireSecret("app").getMetadata().getResourceVersion();
        String updated = world.lastUpdated("app");
        assertThat(updated).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
        await().atMost(World.SOON).until(() -> world.lastUpdated("app").compareTo(updated) > 0);
        assertThat(world.requireSecret("app").getMetadata().getResourceVersion())
                .isEqualTo(version);
        assertThat(world.events("app")).noneMatch(event -> event.getReason().equals("updated"));
    }

    @Test
    void anEmptySecretIsNotWrittenEachPeriodEither() throws Exception {
        world.create("app", Map.of("paths", List.of(world.path("gone")), "reconcilePeriod", "300ms"));
        world.awaitData("app", Map.of());
        String version = world.requireSecret("app").getMetadata().getResourceVersion();
        new Reconciles(operator, world).awaitMore("app", 4);
        assertThat(world.requireSecret("app").getMetadata().getResourceVersion())
                .isEqualTo(version);
    }

    @Test
    void keysThatVanishFromVaultVanishFromTheSecret() {
        world.mount.put("app", Map.of("k", "one", "more", "m"));
        world.createReading("app", "app", "500ms");
        world.awaitData("app", Map.of("k", "one", "more", "m"));
        world.mount.put("app", Map.of("k", "two"));
        world.awaitData("app", Map.of("k", "two"));
    }

    @Test
    void aSecretThatAppearsOrGoesBelowAFolderIsNoticed() {
        world.mount.put("f/one", Map.of("k", "1"));
        world.create("app", Map.of("paths", List.of(world.path("f/*")), "reconcilePeriod", "500ms"));
        world.awaitData("app", Map.of("one_k", "1"));
        world.mount.put("f/sub/two", Map.of("k", "2"));
        world.awaitData("app", Map.of("one_k", "1", "sub_two_k", "2"));
        world.mount.deleteMetadata("f/one");
        world.awaitData("app", Map.of("sub_two_k", "2"));
    }

    @Test
    void anEditIsFollowedAtOnceAndSeesNoOldValue() {
        world.mount.put("app", Map.of("k", "one"));
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "one"));
        world.mount.put("app", Map.of("k", "two"));
        world.respec("app", Map.of("paths", List.of(world.path("app", "p_")), "reconcilePeriod", "1h"));
        world.awaitData("app", Map.of("p_k", "two"));
    }

    @Test
    void labelsOfTheVaultSecretAreNoEdit() throws Exception {
        world.mount.put("app", Map.of("k", "one"));
        world.mount.put("clock", Map.of("k", "v"));
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "one"));
        world.awaitReady("app", "True Synced");
        Reconciles reconciles = new Reconciles(operator, world);
        double before = reconciles.of("app");
        world.edit("app", object -> object.getMetadata().setLabels(Map.of("team", "red")));
        world.createReading("clock", "clock", "250ms");
        reconciles.awaitMore("clock", 4);
        assertThat(reconciles.of("app")).isEqualTo(before);
    }

    @Test
    void theStatusSpeaksOfTheGenerationThatWasSynced() {
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1h");
        world.awaitReady("app", "True Synced");
        world.respec("app", Map.of("paths", List.of(world.path("app", "p_")), "reconcilePeriod", "1h"));
        await().atMost(World.SOON).until(() -> {
            var object = world.vaultSecret("app");
            Object observed = object.get("status", "observedGeneration");
            return Objects.equals(observed, Math.toIntExact(object.getMetadata().getGeneration()));
        });
        assertThat(world.vaultSecret("app").getMetadata().getGeneration()).isEqualTo(2);
    }
}
