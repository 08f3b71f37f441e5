package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An empty format, ENV and env behave alike; an unknown one is rejected once, makes no Secret and is not tried again
 * until it is edited.
 */
@WithOperator
class FormatsTest {
    private final World world;
    private final OperatorProcess operator;

    FormatsTest(World world, OperatorProcess operator) {
        this.world = world;
        this.operator = operator;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ENV", "env", "Env"})
    void envIsTheDefaultInAnyCase(String format) {
        world.mount.put("app", Map.of("k", "v", "n", Map.of("x", 1)));
        world.create("app", Map.of("paths", List.of(world.path("app")), "targetFormat", format));
        world.awaitData("app", Map.of("k", "v", "n_x", "1"));
    }

    @ParameterizedTest
    @CsvSource({"JSON, secrets.json", "json, secrets.json", "YAML, secrets.yaml", "Yaml, secrets.yaml"})
    void jsonAndYamlAreOneEntry(String format, String entry) {
        world.mount.put("app", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("app")), "targetFormat", format));
        world.awaitEntry("app", entry);
        assertThat(world.requireSecret("app").getData()).containsOnlyKeys(entry);
    }

    @ParameterizedTest
    @CsvSource({"json, secrets.json, {}", "yaml, secrets.yaml, '{}\n'"})
    void nothingAtAllIsAnEmptyObject(String format, String entry, String text) {
        world.create("app", Map.of("paths", List.of(), "targetFormat", format));
        assertThat(world.awaitEntry("app", entry)).isEqualTo(text);
    }

    @Test
    void aChangeOfFormatReplacesAllEntries() {
        world.mount.put("app", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("app"))));
        world.awaitData("app", Map.of("k", "v"));
        world.respec("app", Map.of("paths", List.of(world.path("app")), "targetFormat", "yaml"));
        world.awaitData("app", Map.of("secrets.yaml", "k: v\n"));
    }

    @Test
    void anUnknownFormatIsRejectedOnceAndForAll() throws IOException {
        Reconciles reconciles = new Reconciles(operator, world);
        world.mount.put("app", Map.of("k", "v"));
        world.create(
                "app", Map.of("paths", List.of(world.path("app")), "targetFormat", "XML", "reconcilePeriod", "250ms"));
        assertThat(world.awaitEvent("app", "sync rejected").getMessage()).isEqualTo("invalid target format: \"xml\"");
        world.awaitReady("app", "False SyncRejected");
        world.createReading("clock", "app", "250ms");
        reconciles.awaitMore("clock", 5);
        assertThat(reconciles.of("app")).isEqualTo(1);
        assertThat(world.secret("app")).isNull();
        assertThat(world.awaitEvent("app", "sync rejected").getCount()).isEqualTo(1);
    }

    @Test
    void anEditHelpsWhatWasRejected() {
        world.mount.put("app", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("app")), "targetFormat", "xml"));
        world.awaitReady("app", "False SyncRejected");
        world.respec("app", Map.of("paths", List.of(world.path("app")), "targetFormat", "json"));
        assertThat(world.awaitEntry("app", "secrets.json")).isEqualTo("{\n  \"k\": \"v\"\n}");
        world.awaitReady("app", "True Synced");
    }

    @Test
    void anUnknownFormatLeavesAnExistingSecretAlone() {
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
        world.respec("app", Map.of("paths", List.of(world.path("app")), "targetFormat", "toml"));
        world.awaitReady("app", "False SyncRejected");
        assertThat(world.data("app")).isEqualTo(Map.of("k", "v"));
    }
}
