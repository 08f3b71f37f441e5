package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.WithOperator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the first annotation to the last: finalizer, letting go, deleting, preserving. */
@WithOperator(dialect = "vaultsync")
class LifecycleTest {
    private static final String PRESERVE = "vault-sync.io/preserve-on-delete";

    private final PushWorld world;

    LifecycleTest(PushWorld world) {
        this.world = world;
    }

    private static void awaitGone(Resource<? extends HasMetadata> object) {
        PushWorld.awaitThat("the object is gone", () -> object.get() == null);
    }

    @Test
    void theFinalizerGoesWithThePathAndVaultStays() {
        world.secret("db", Map.of("k", "v"), Map.of(PATH, world.path("db")));
        world.deployment("app", Map.of(PATH, world.path("app")), "db");
        world.awaitData("app/db", Map.of("k", "v"));
        world.awaitData("db", Map.of("k", "v"));
        for (Resource<? extends HasMetadata> object : java.util.List.of(world.deployment("app"), world.secret("db"))) {
            PushWorld.awaitThat("finalizer", () -> PushWorld.hasFinalizer(object));
            PushWorld.awaitThat(
                    "versions",
                    () -> !PushWorld.annotation(object, PushWorld.VERSIONS).isEmpty());
            PushWorld.annotate(object, Map.of(PATH, ""));
            PushWorld.awaitThat("no finalizer", () -> !PushWorld.hasFinalizer(object));
            assertThat(PushWorld.annotation(object, PushWorld.VERSIONS)).isNotEmpty();
            object.delete();
            awaitGone(object);
        }
        assertThat(world.data("app/db")).containsEntry("k", "v");
        assertThat(world.data("db")).containsEntry("k", "v");
    }

    @Test
    void deletingRemovesEverySubPath() {
        world.secret("one", Map.of("k", "1"));
        world.secret("two", Map.of("k", "2"));
        world.deployment("app", Map.of(PATH, world.path("app")), "one", "two");
        world.awaitData("app/one", Map.of("k", "1"));
        world.awaitData("app/two", Map.of("k", "2"));
        world.deployment("app").delete();
        awaitGone(world.deployment("app"));
        assertThat(world.data("app/one")).isEmpty();
        assertThat(world.data("app/two")).isEmpty();
        assertThat(world.versions("app/one"))
                .as("soft: the version can be undeleted")
                .isEqualTo(1);
    }

    @Test
    void onlyExactlyTruePreserves() {
        world.secret("one", Map.of("k", "1"));
        for (String value : java.util.List.of("true", "True")) {
            String name = value.equals("true") ? "kept" : "removed";
            world.deployment(name, Map.of(PATH, world.path(name), PRESERVE, value), "one");
            world.awaitData(name + "/one", Map.of("k", "1"));
            world.deployment(name).delete();
            awaitGone(world.deployment(name));
        }
        assertThat(world.data("kept/one")).containsEntry("k", "1");
        assertThat(world.data("removed/one")).isEmpty();
    }

    @Test
    void aDeletedSecretsPathGoesAndComesBackWithIt() {
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.path("db")));
        world.awaitData("db", Map.of("k", "1"));
        world.secret("db").delete();
        awaitGone(world.secret("db"));
        assertThat(world.data("db")).isEmpty();
        world.secret("db", Map.of("k", "2"), Map.of(PATH, world.path("db")));
        world.awaitData("db", Map.of("k", "2"));
        assertThat(world.versions("db")).isEqualTo(2);
    }

    @Test
    void anObjectThatIsMadeAnewKnowsItsPreservedPath() {
        world.secret("one", Map.of("k", "1"));
        Map<String, String> annotations = Map.of(PATH, world.path("app"), PRESERVE, "true");
        world.deployment("app", annotations, "one");
        world.awaitData("app/one", Map.of("k", "1"));
        world.deployment("app").delete();
        awaitGone(world.deployment("app"));
        world.rotate("one", Map.of("k", "2"));
        world.deployment("app", annotations, "one");
        world.awaitData("app/one", Map.of("k", "2"));
        assertThat(world.events("app")).noneMatch(event -> event.getType().equals("Warning"));
    }

    @Test
    void theStatusIsNotedOnObjectsThatWantIt() {
        world.deployment("app", Map.of(PATH, world.path("app"), "keyferry.io/status", "wanted"), "db");
        PushWorld.awaitThat(
                "not ready",
                () -> PushWorld.annotation(world.deployment("app"), "keyferry.io/status")
                        .startsWith(
                                "{\"ready\":\"False\",\"reason\":\"SecretMissing\",\"message\":\"failed to get secret db"));
        world.secret("db", Map.of("k", "v"));
        PushWorld.awaitThat(
                "ready",
                () -> PushWorld.annotation(world.deployment("app"), "keyferry.io/status")
                        .startsWith("{\"ready\":\"True\",\"reason\":\"Synced\""));
    }
}
