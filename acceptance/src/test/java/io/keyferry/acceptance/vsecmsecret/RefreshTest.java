package io.keyferry.acceptance.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When Safe is asked, and what becomes of what it does not answer. */
@WithWorld
class RefreshTest {
    private final SafeWorld world;

    RefreshTest(SafeWorld world) {
        this.world = world;
        world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"one\"}");
    }

    @Test
    void aChangeArrivesWithinTheIntervalAndWhatDoesNotChangeIsNotWritten() {
        world.create("app", "500ms", "k=k");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
            String version = world.place.requireSecret("app").getMetadata().getResourceVersion();
            await().until(() -> world.place.ready("app").equals("True Synced"));
            String object = world.place.object("app").getMetadata().getResourceVersion();
            world.awaitFetches(4);
            assertThat(world.place.requireSecret("app").getMetadata().getResourceVersion())
                    .isEqualTo(version);
            assertThat(world.place.object("app").getMetadata().getResourceVersion())
                    .isEqualTo(object);
            world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"two\"}");
            int before = world.safe.requests().size();
            world.place.awaitData("app", Map.of("k", "two"), Place.SOON);
            assertThat(world.safe.requests().size() - before).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void intervalsThatAreNoneSyncOnceAndAreToldOf() {
        world.create("long", "1h30m", "k=k");
        world.create("banana", "banana", "k=k");
        world.create("empty", "", "k=k");
        world.create("negative", "-1s", "k=k");
        Map<String, Object> spec = world.spec("short", "1ms", "k=k");
        world.place.create("short", spec);
        try (OperatorProcess operator = world.operator()
                .environment("KEYFERRY_VSECM_SHORTEST_INTERVAL", "")
                .start()) {
            operator.awaitReady(Place.SOON);
            for (String name : new String[] {"banana", "empty", "negative"}) {
                world.place.awaitData(name, Map.of("k", "one"), Place.SOON);
                world.awaitCondition(name, "RefreshScheduled", "False RefreshIntervalUnusable");
                world.place.awaitEvent(name, "RefreshIntervalUnusable");
                assertThat(world.place.ready(name)).isEqualTo("True Synced");
            }
            assertThat(world.message("banana", "RefreshScheduled")).contains("\"banana\"");
            world.awaitCondition("long", "RefreshScheduled", "True Interval");
            world.awaitCondition("short", "RefreshScheduled", "True IntervalRaised");
            assertThat(world.safe.requests()).hasSizeLessThanOrEqualTo(2);
        }
    }

    /** What polls for others find does not concern them. */
    @Test
    void intervalsThatAreNoneFollowNothingButTheirObject() {
        world.create("banana", "banana", "k=k");
        world.create("polled", "200ms", "k=k");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("banana", Map.of("k", "one"), Place.SOON);
            world.place.awaitData("polled", Map.of("k", "one"), Place.SOON);
            world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"two\"}");
            world.place.awaitData("polled", Map.of("k", "two"), Place.SOON);
            world.be(SafeWorld.OPERATOR);
            world.awaitFetches(3);
            assertThat(world.place.data("banana")).isEqualTo(Map.of("k", "one"));
            world.place.edit("banana", object -> object.setAdditionalProperty("spec", world.spec("banana", "", "k=k")));
            world.place.awaitData("banana", Map.of("k", "two"), Place.SOON);
        }
    }

    @Test
    void withoutAnIntervalAFailureIsTriedAgainAndAnEditIsFollowedAtOnce() {
        world.safe.notReady();
        world.create("app", "", "k=k");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitReady("app", "False NotReady");
            world.safe.heal();
            world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
            world.place.edit("app", object -> object.setAdditionalProperty("spec", world.spec("app", "", "other=k")));
            world.place.awaitData("app", Map.of("other", "one"), Place.SOON);
        }
    }

    @Test
    void aRootKeyThatComesLateIsNoReasonToRestart() throws IOException {
        world.safe.rootKey(false);
        world.create("app", "500ms", "k=k");
        try (OperatorProcess operator = world.start()) {
            world.place.awaitReady("app", "False AmbiguousRejected");
            world.safe.rootKey(true);
            world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
            world.place.awaitReady("app", "True Synced");
            assertThat(operator.metrics()
                            .sum("keyferry_vsecm_safe_answers_total", Map.of("result", "AmbiguousRejected")))
                    .isPositive();
        }
    }

    @Test
    void manyThatAreDueTogetherCostOneFetchAndASafeThatIsDownFewTries() {
        IntStream.range(0, 200).forEach(i -> world.create("app-" + i, "2s", "k=k"));
        try (OperatorProcess _ = world.start()) {
            await("Secrets")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> world.place.secrets().size() == 200);
            assertThat(world.safe.requests()).hasSizeLessThanOrEqualTo(2);
            int before = world.safe.requests().size();
            world.awaitFetches(2);
            assertThat(world.safe.requests().size() - before).isLessThanOrEqualTo(3);

            world.safe.reset();
            world.awaitCondition("app-0", "Ready", "False NotReady");
            int connections = world.safe.connections();
            world.awaitCondition("app-7", "Ready", "Unknown NotReady");
            assertThat(world.safe.connections() - connections).isLessThanOrEqualTo(10);
            assertThat(world.place.secrets()).hasSize(200);
            world.safe.heal();
            world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"two\"}");
            world.place.awaitData("app-199", Map.of("k", "two"), Place.SOON);
        }
    }
}
