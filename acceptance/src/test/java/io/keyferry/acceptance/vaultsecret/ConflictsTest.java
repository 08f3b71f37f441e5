package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A name is taken only once; a second source that wants it fails the sync, and the Secret keeps what it holds. */
@WithOperator
class ConflictsTest {
    private final World world;

    ConflictsTest(World world) {
        this.world = world;
    }

    @Test
    void conflictingKeysFailAndThePreviousContentSurvives() {
        world.mount.put("a", Map.of("k", "a"));
        world.mount.put("b", Map.of("other", "b"));
        world.create("app", Map.of("paths", List.of(world.path("a"), world.path("b")), "reconcilePeriod", "1s"));
        world.awaitData("app", Map.of("k", "a", "other", "b"));
        world.mount.put("b", Map.of("k", "b"));
        assertThat(world.awaitEvent("app", "vault read failed").getMessage()).isEqualTo(taken("k"));
        assertThat(world.data("app")).isEqualTo(Map.of("k", "a", "other", "b"));
        world.mount.put("b", Map.of("other", "again"));
        world.awaitData("app", Map.of("k", "a", "other", "again"));
    }

    @Test
    void onePathTwiceIsAConflict() {
        world.mount.put("a", Map.of("k", "v"));
        assertThat(failure(List.of(world.path("a"), world.path("a")))).isEqualTo(taken("k"));
    }

    @Test
    void onePathTwiceUnderDistinctPrefixesIsNone() {
        world.mount.put("a", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("a", "x/"), world.path("a", "y_"), world.path("a"))));
        world.awaitData("app", Map.of("x_k", "v", "y_k", "v", "k", "v"));
    }

    @Test
    void onlyTheLastSegmentIsNamed() {
        world.mount.put("a", Map.of("k", "v"));
        assertThat(failure(List.of(world.path("a", "x/y/p"), world.path("a", "x/y/p"))))
                .isEqualTo(taken("pk"));
    }

    @Test
    void aKeyMayNotHaveTheNameOfANode() {
        world.mount.put("a", Map.of("k", "v"));
        world.mount.put("b", Map.of("node", "v"));
        assertThat(failure(List.of(world.path("a", "node/"), world.path("b")))).isEqualTo(taken("node"));
    }

    @Test
    void aNodeMayNotHaveTheNameOfAString() {
        world.mount.put("a", Map.of("k", "v"));
        world.mount.put("b", Map.of("node", "v"));
        assertThat(failure(List.of(world.path("b"), world.path("a", "node/")))).isEqualTo(taken("node"));
    }

    @Test
    void aNodeMayNotHaveTheNameOfAnythingElse() {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("json.Number", 7);
        values.put("bool", true);
        values.put("map[string]interface {}", Map.of("x", 1));
        values.put("[]interface {}", List.of(1));
        values.put("<nil>", null);
        world.mount.put("a", Map.of("k", "v"));
        values.forEach((type, value) -> {
            Map<String, @Nullable Object> secret = new HashMap<>();
            secret.put("node", value);
            world.mount.put("b", secret);
            assertThat(failure(List.of(world.path("b"), world.path("a", "node/"))))
                    .isEqualTo("failed to create vault data: invalid type received, got: " + type);
        });
    }

    @Test
    void namesThatAreEqualOnceFlattenedAreAConflictInFormatEnvAlone() {
        world.mount.put("a", Map.of("a_b", "1", "a", Map.of("b", "2")));
        assertThat(failure(List.of(world.path("a")))).isEqualTo(taken("a_b"));
        world.create("dots", Map.of("paths", List.of(world.path("a")), "separator", "."));
        world.awaitData("dots", Map.of("a_b", "1", "a.b", "2"));
        world.create("json", Map.of("paths", List.of(world.path("a")), "targetFormat", "json"));
        assertThat(world.awaitEntry("json", "secrets.json"))
                .contains("\"a_b\": \"1\"")
                .contains("\"b\": \"2\"");
    }

    private static String taken(String key) {
        return "failed to create vault data: override detected: key \"" + key + "\" is already used";
    }

    /** What the operator says of a VaultSecret with these paths; it must not make a Secret. */
    private String failure(List<Map<String, String>> paths) {
        String name = "app-" + UUID.randomUUID();
        world.create(name, Map.of("paths", paths));
        String message = world.awaitEvent(name, "vault read failed").getMessage();
        assertThat(world.secret(name)).isNull();
        return message;
    }
}
