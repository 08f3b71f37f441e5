package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events have the original's reasons, messages and source; the log is JSON, one object to a line, with its fields. */
@WithOperator
class EventsAndLogsTest {
    private final World world;
    private final OperatorProcess operator;

    EventsAndLogsTest(World world, OperatorProcess operator) {
        this.world = world;
        this.operator = operator;
    }

    @Test
    void anEventIsAboutTheVaultSecretAndFromTheVaultOperator() {
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1h");
        Event event = world.awaitEvent("app", "created");
        assertThat(event.getType()).isEqualTo("Normal");
        assertThat(event.getMessage()).isEqualTo("Secret has been created.");
        assertThat(event.getSource().getComponent()).isEqualTo("vault-operator");
        assertThat(event.getInvolvedObject().getApiVersion()).isEqualTo("k8s.kiwi.com/v1");
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("VaultSecret");
        assertThat(event.getInvolvedObject().getNamespace()).isEqualTo(world.namespace);
        assertThat(event.getInvolvedObject().getUid())
                .isEqualTo(world.vaultSecret("app").getMetadata().getUid());
        assertThat(event.getCount()).isEqualTo(1);
    }

    @Test
    void theFirstSyncTellsCreatedAndAChangeUpdated() throws IOException {
        Reconciles reconciles = new Reconciles(operator, world);
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "400ms");
        world.awaitEvent("app", "created");
        reconciles.awaitMore("app", 3);
        assertThat(world.events("app")).extracting(Event::getReason).containsExactly("created");
        world.mount.put("app", Map.of("k", "w"));
        Event updated = world.awaitEvent("app", "updated");
        assertThat(updated.getType()).isEqualTo("Normal");
        assertThat(updated.getMessage()).isEqualTo("Secret has been updated.");
        reconciles.awaitMore("app", 3);
        assertThat(world.events("app")).extracting(Event::getReason).containsExactlyInAnyOrder("created", "updated");
    }

    @Test
    void warningsAreWarnings() {
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("invalid", "app", "never");
        world.create("read", Map.of("paths", List.of(world.path("none/*"))));
        world.create("rejected", Map.of("paths", List.of(world.path("app")), "targetFormat", "xml"));
        world.create(
                "login",
                Map.of(
                        "paths",
                        List.of(world.path("app")),
                        "auth",
                        Map.of("serviceAccountRef", Map.of("name", "nobody", "authPath", "auth/none/login"))));
        for (String[] wanted : new String[][] {
            {"invalid", "invalid resource"},
            {"read", "vault read failed"},
            {"rejected", "sync rejected"},
            {"login", "vault failed"}
        }) {
            Event event = world.awaitEvent(wanted[0], wanted[1]);
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getSource().getComponent()).isEqualTo("vault-operator");
            assertThat(world.events(wanted[0])).extracting(Event::getReason).containsExactly(wanted[1]);
        }
    }

    @Test
    void aLineAboutAnObjectHasTheFieldsThatToolsRead() throws IOException {
        world.createReading("app", "none/*", "1h");
        JsonNode line = new ObjectMapper().readTree(world.awaitLog(operator, "app", "Reconciler error"));
        assertThat(line.get("level").textValue()).isEqualTo("error");
        assertThat(line.get("ts").textValue()).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z");
        assertThat(line.get("controller").textValue()).isEqualTo("vaultsecret");
        assertThat(line.get("controllerGroup").textValue()).isEqualTo("k8s.kiwi.com");
        assertThat(line.get("controllerKind").textValue()).isEqualTo("VaultSecret");
        assertThat(line.at("/VaultSecret/name").textValue()).isEqualTo("app");
        assertThat(line.at("/VaultSecret/namespace").textValue()).isEqualTo(world.namespace);
        assertThat(line.get("namespace").textValue()).isEqualTo(world.namespace);
        assertThat(line.get("name").textValue()).isEqualTo("app");
        assertThat(line.get("reconcileID").textValue()).hasSize(36);
        assertThat(line.get("error").textValue()).startsWith("failed to get paths from vault: ");
        assertThat(line.get("stacktrace").textValue())
                .startsWith("io.keyferry.kubernetes.controller.DialectReconciler.")
                .contains("\n");
    }

    @Test
    void aRejectedSyncIsNoErrorInTheLog() {
        world.create("app", Map.of("paths", List.of(), "targetFormat", "xml"));
        world.awaitReady("app", "False SyncRejected");
        assertThat(operator.awaitLine(
                        line -> line.contains(world.namespace) && line.contains("invalid target format"), World.SOON))
                .contains("\"level\":\"info\"");
        assertThat(operator.lines())
                .noneMatch(line -> line.contains(world.namespace) && line.contains("\"level\":\"error\""));
    }

    @Test
    void everyLineIsAJsonObject() throws IOException {
        world.mount.put("app", Map.of("é\n\"", "v"));
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of());
        operator.awaitLine(line -> line.contains(world.namespace) && line.contains("invalid key"), World.SOON);
        List<String> lines = operator.lines();
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            JsonNode parsed = new ObjectMapper().readTree(line);
            assertThat(parsed.isObject()).as(line).isTrue();
            assertThat(parsed.get("level")).as(line).isNotNull();
            assertThat(parsed.get("ts")).as(line).isNotNull();
            assertThat(parsed.get("msg")).as(line).isNotNull();
        }
    }
}
