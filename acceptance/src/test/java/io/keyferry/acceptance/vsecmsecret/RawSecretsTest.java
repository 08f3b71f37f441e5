package io.keyferry.acceptance.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator that is the Scout gets: all raw secrets, or the only one without its name. */
@WithWorld
class RawSecretsTest {
    private final SafeWorld world;
    private final Instant past = Instant.now().minus(Duration.ofDays(2));
    private final Instant future = Instant.now().plus(Duration.ofDays(2));

    RawSecretsTest(SafeWorld world) {
        this.world = world;
        world.be(SafeWorld.SCOUT);
    }

    private void register(String name, String value) {
        world.register("raw:" + name, value, List.of(world.place.namespace()), past, future);
    }

    @Test
    void refsResolveByNamesWithDotsAndTheLastOneLeftIsTakenForWhatTheySay() {
        register("coca-cola.cluster-001", "{\"data\":{\"user\":\"one\"}}");
        register("coca-cola", "{\"cluster-001\":{\"data\":{\"user\":\"shadowed\"}},\"data\":{\"user\":\"two\"}}");
        register("word", "just text");
        world.create("long", "200ms", "user=coca-cola.cluster-001.data.user");
        world.create("both", "200ms", "user=coca-cola.cluster-001.data.user", "other=coca-cola.data.user", "w=word");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("long", Map.of("user", "one"), Place.SOON);
            world.place.awaitData("both", Map.of("user", "one", "other", "two", "w", "just text"), Place.SOON);
            assertThat(world.condition("long", "SoleRawNameAssumed")).isEmpty();
            world.awaitFetches(5);
            assertThat(world.place.data("long")).isEqualTo(Map.of("user", "one"));

            world.safe.remove("raw:coca-cola");
            world.safe.remove("raw:word");
            world.awaitCondition("long", "SoleRawNameAssumed", "True SoleRawNameAssumed");
            assertThat(world.message("long", "SoleRawNameAssumed")).contains("\"coca-cola.cluster-001\"");
            assertThat(world.place.ready("long")).isEqualTo("True Synced");
            world.place.awaitReady("both", "False RefNotFound");
            assertThat(world.place.data("both")).isEqualTo(Map.of("user", "one", "other", "two", "w", "just text"));

            world.safe.put("raw:coca-cola.cluster-001", "{\"data\":{\"user\":\"three\"}}");
            world.place.awaitData("long", Map.of("user", "three"), Place.SOON);
            register("word", "back");
            world.awaitCondition("long", "SoleRawNameAssumed", "");
        }
    }

    /** Whoever registers a secret or writes a ref makes no trouble for others. */
    @Test
    void aSecretOfManyLevelsAndARefOfManySegmentsHurtNobodyElse() {
        register("mine", "{\"k\":\"v\"}");
        register("deep", "[".repeat(99) + "]".repeat(99));
        for (int i = 0; i < 3; i++) {
            world.create("long-" + i, "1h", "k=" + "a.".repeat(100_000) + "a");
        }
        world.create("good", "1h", "k=mine.k");
        world.create("whole", "1h", "k=deep");
        try (OperatorProcess operator = world.start()) {
            world.place.awaitData("good", Map.of("k", "v"), Place.SOON);
            world.place.awaitReady("whole", "True Synced");
            for (int i = 0; i < 3; i++) {
                world.place.awaitReady("long-" + i, "False RefNotFound");
            }
            assertThat(operator.health("/healthz")).isEqualTo(200);
        }
    }

    /** With the others gone a ref is not taken for one to a whole text that is somebody else's. */
    @Test
    void anObjectWhoseSecretIsGoneKeepsWhatItHad() {
        register("alpha", "{\"password\":\"a\"}");
        register("beta", "a text of beta's");
        world.create("app", "200ms", "k=alpha.password");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("app", Map.of("k", "a"), Place.SOON);
            world.safe.remove("raw:alpha");
            world.place.awaitReady("app", "False RefNotFound");
            assertThat(world.place.data("app")).isEqualTo(Map.of("k", "a"));
        }
    }

    @Test
    void byDefaultRulesOfUseAreWarnedAbout() {
        world.register("raw:elsewhere", "{\"k\":\"v\"}", List.of("another"), past, future);
        world.register("raw:old", "{\"k\":\"v\"}", List.of(world.place.namespace()), past, past);
        world.register("raw:new", "{\"k\":\"v\"}", List.of(world.place.namespace()), future, future);
        world.create("elsewhere", "200ms", "k=elsewhere.k");
        world.create("old", "200ms", "k=old.k");
        world.create("new", "200ms", "k=new.k");
        try (OperatorProcess _ = world.start()) {
            for (String name : List.of("elsewhere", "old", "new")) {
                world.place.awaitReady(name, "True Synced");
                assertThat(world.place.data(name)).isEqualTo(Map.of("k", "v"));
            }
            assertThat(world.condition("elsewhere", "NamespaceNotAllowed")).isEqualTo("True NamespaceNotAllowed");
            assertThat(world.condition("old", "Expired")).isEqualTo("True Expired");
            assertThat(world.condition("new", "NotYetValid")).isEqualTo("True NotYetValid");
            world.place.awaitEvent("old", "Expired");
            register("elsewhere", "{\"k\":\"w\"}");
            world.place.awaitData("elsewhere", Map.of("k", "w"), Place.SOON);
            world.awaitCondition("elsewhere", "NamespaceNotAllowed", "");
        }
    }

    @Test
    void whereTheyAreEnforcedWhatIsThereStays() {
        register("elsewhere", "{\"k\":\"v\"}");
        register("old", "{\"k\":\"v\"}");
        world.create("elsewhere", "200ms", "k=elsewhere.k");
        world.create("old", "200ms", "k=old.k");
        try (OperatorProcess operator = world.operator()
                .environment("KEYFERRY_VSECM_TENANCY", "enforce")
                .environment("KEYFERRY_VSECM_EXPIRY", "block")
                .start()) {
            operator.awaitReady(Place.SOON);
            world.place.awaitReady("elsewhere", "True Synced");
            world.place.awaitReady("old", "True Synced");
            world.register("raw:elsewhere", "{\"k\":\"w\"}", List.of("another"), past, future);
            world.register("raw:old", "{\"k\":\"w\"}", List.of(world.place.namespace()), past, past);
            world.place.awaitReady("elsewhere", "False NamespaceNotAllowed");
            world.place.awaitReady("old", "False Expired");
            assertThat(world.place.data("elsewhere")).isEqualTo(Map.of("k", "v"));
            assertThat(world.place.data("old")).isEqualTo(Map.of("k", "v"));
            assertThat(world.message("elsewhere", "Ready")).contains("\"elsewhere\"", world.place.namespace());
        }
    }
}
