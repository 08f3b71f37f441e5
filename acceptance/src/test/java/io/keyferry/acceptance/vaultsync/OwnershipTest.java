package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.PushWorld.Login;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whose a path is, and what becomes of those who come second. */
@WithWorld
class OwnershipTest {
    private static final int RACES = 20;

    private static Fault stale() {
        return new Fault.Answer(
                400,
                Map.of("Content-Type", "application/json"),
                "{\"errors\":[\"check-and-set parameter did not match the current version\"]}");
    }

    @Test
    void whatNobodyMarkedIsOverwrittenAndSaidSo(PushWorld world) {
        world.mount.put("db", Map.of("old", "o"));
        world.secret("db", Map.of("k", "v"), Map.of(PATH, world.path("db")));
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("db", Map.of("k", "v"));
            assertThat(world.awaitEvent("db", "TookOver").getMessage()).contains("nobody's mark");
            assertThat(world.versions("db")).isEqualTo(2);
        }
    }

    @Test
    void whatHoldsTheSameAlreadyIsOnlyMarked(PushWorld world) {
        world.mount.put("db", Map.of("k", "v"));
        world.secret("db", Map.of("k", "v"), Map.of(PATH, world.path("db")));
        try (OperatorProcess _ = world.operator().start()) {
            PushWorld.awaitThat("mark", () -> world.marks("db").containsKey("keyferry-uid"));
            PushWorld.awaitSettled(world.secret("db"));
            assertThat(world.versions("db")).isEqualTo(1);
        }
    }

    @Test
    void anotherObjectsPathIsLeftIntactUntilItIsTakenOver(PushWorld world) {
        world.secret("first", Map.of("k", "first"), Map.of(PATH, world.path("shared")));
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("shared", Map.of("k", "first"));
            PushWorld.awaitSettled(world.secret("first"));
            world.secret("second", Map.of("k", "second"), Map.of(PATH, world.path("shared")));
            String refusal = world.awaitEvent("second", "PathNotOwned").getMessage();
            assertThat(refusal).contains("belongs to Secret " + world.namespace + "/first");
            assertThat(world.data("shared")).containsEntry("k", "first");
            String owner = refusal.substring(refusal.indexOf("take-over: \"") + 12, refusal.length() - 1);
            PushWorld.annotate(world.secret("second"), Map.of("keyferry.io/take-over", owner));
            world.awaitData("shared", Map.of("k", "second"));
            world.rotate("first", Map.of("k", "first again"));
            world.awaitEvent("first", "PathNotOwned");
            assertThat(world.data("shared")).containsEntry("k", "second");
            world.secret("first").delete();
            PushWorld.awaitThat("gone", () -> world.secret("first").get() == null);
            assertThat(world.data("shared")).as("not its own to remove").containsEntry("k", "second");
        }
    }

    @Test
    void whenTheOwnerGoesTheOtherFollows(PushWorld world) {
        world.secret("first", Map.of("k", "first"), Map.of(PATH, world.path("shared")));
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("shared", Map.of("k", "first"));
            world.secret("second", Map.of("k", "second"), Map.of(PATH, world.path("shared")));
            world.awaitEvent("second", "PathNotOwned");
            world.secret("first").delete();
            world.awaitData("shared", Map.of("k", "second"));
        }
    }

    @Test
    void whoeverIsRefusedIsNotEditedAtEachTry(PushWorld world) throws IOException {
        world.secret("first", Map.of("k", "first"), Map.of(PATH, world.path("shared")));
        try (OperatorProcess operator = world.operator().start()) {
            world.awaitData("shared", Map.of("k", "first"));
            PushWorld.awaitSettled(world.secret("first"));
            world.secret("second", Map.of("k", "second"), Map.of(PATH, world.path("shared")));
            world.awaitEvent("second", "PathNotOwned");
            String version = world.secret("second").require().getMetadata().getResourceVersion();
            double before = failures(operator, "second");
            await("three more tries").atMost(PushWorld.SOON).until(() -> failures(operator, "second") >= before + 3);
            assertThat(world.secret("second").require().getMetadata().getResourceVersion())
                    .isEqualTo(version);
        }
    }

    /** Failed attempts of one object, or of all. */
    private static double failures(OperatorProcess operator, String name) throws IOException {
        Map<String, String> labels =
                name.isEmpty() ? Map.of("result", "failed") : Map.of("resource", name, "result", "failed");
        return operator.metrics().sum("vault_sync_operator_sync_attempts_total", labels);
    }

    /** The second look, some seconds after paths were taken: whose they are now, and nothing else. */
    @Test
    void aLostMarkIsNoticedLaterAndForeignDataIsLeft(PushWorld world) {
        try (OperatorProcess _ = world.operator().start()) {
            world.secret("kept", Map.of("k", "v"), Map.of(PATH, world.path("kept")));
            PushWorld.awaitThat("mark", () -> world.marks("kept").containsKey("keyferry-uid"));
            PushWorld.awaitSettled(world.secret("kept"));
            world.mount.put("kept", Map.of("k", "foreign"));

            world.secret("lost", Map.of("k", "v"), Map.of(PATH, world.path("lost")));
            PushWorld.awaitThat("mark", () -> world.marks("lost").containsKey("keyferry-uid"));
            PushWorld.awaitSettled(world.secret("lost"));
            Map<String, String> marks = new TreeMap<>(world.marks("lost"));
            marks.put("keyferry-cluster", "elsewhere");
            world.mount.annotate("lost", marks);
            assertThat(world.awaitEvent("lost", "PathNotOwned", PushWorld.SOON.multipliedBy(2))
                            .getMessage())
                    .contains("elsewhere");
            assertThat(world.data("kept")).isEqualTo(Map.of("k", "foreign"));
        }
    }

    @Test
    void onVersion1TheOlderObjectHasThePath(PushWorld any) {
        PushWorld world = any.with(any.vault.newMount(1));
        world.secret("first", Map.of("k", "first"), Map.of(PATH, world.path("shared")));
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("shared", Map.of("k", "first"));
            world.secret("second", Map.of("k", "second"), Map.of(PATH, world.path("shared")));
            assertThat(world.awaitEvent("second", "PathNotOwned").getMessage()).contains("the older Secret");
            world.secret("first").delete();
            PushWorld.awaitThat("gone", () -> world.secret("first").get() == null);
            world.awaitData("shared", Map.of("k", "second"));
        }
    }

    @Test
    void onVersion1TheOlderObjectHasThePathAfterARestartToo(PushWorld any) {
        PushWorld world = any.with(any.vault.newMount(1));
        List<String> later = new ArrayList<>();
        world.secret("first", Map.of("k", "first"), Map.of(PATH, world.path("shared")));
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("shared", Map.of("k", "first"));
            for (int i = 0; i < RACES; i++) {
                later.add("later-" + i);
                world.secret("later-" + i, Map.of("k", "later"), Map.of(PATH, world.path("shared")));
            }
            later.forEach(name -> world.awaitEvent(name, "PathNotOwned"));
        }
        world.vault.proxy().forget();
        try (OperatorProcess operator = world.operator().start()) {
            operator.awaitReady(PushWorld.SOON);
            await("everybody was refused again").atMost(PushWorld.SOON).until(() -> failures(operator, "") >= RACES);
            assertThat(world.vault.proxy().requests())
                    .noneMatch(request ->
                            request.method().equals("PUT") && request.path().contains(world.mount.name()));
        }
    }

    @Test
    void whereMarksAreForbiddenAllElseWorks(PushWorld world) {
        Login login = PushWorld.login(
                world.cluster,
                world.vault,
                "1h",
                Map.of(),
                "path \"%s/data/*\" { capabilities = [\"create\", \"read\", \"update\", \"delete\"] }"
                        .formatted(world.mount.name()));
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.path("db")));
        try (OperatorProcess _ = world.operator(login).start()) {
            world.awaitData("db", Map.of("k", "1"));
            PushWorld.awaitSettled(world.secret("db"));
            world.rotate("db", Map.of("k", "2"));
            world.awaitData("db", Map.of("k", "2"));
            assertThat(world.marks("db")).isEmpty();
            assertThat(world.versions("db")).isEqualTo(2);
            world.secret("db").delete();
            PushWorld.awaitThat("gone", () -> world.secret("db").get() == null);
            assertThat(world.data("db")).isEmpty();
        }
    }

    @Test
    void aWriteThatComesTooLateIsDecidedAnew(PushWorld world) {
        world.secret("db", Map.of("k", "v"), Map.of(PATH, world.path("db")));
        world.vault
                .proxy()
                .inject(
                        request -> request.method().equals("PUT")
                                && request.path().endsWith("/data/db")
                                && request.path().contains(world.mount.name()),
                        stale(),
                        2);
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("db", Map.of("k", "v"));
            assertThat(world.versions("db")).isEqualTo(1);
        } finally {
            world.vault.proxy().heal();
        }
    }

    @Test
    void twoClustersRaceAndOneLosesAloud(PushWorld here, Vault vault, @Own Cluster elsewhere) {
        PushWorld there = new PushWorld(elsewhere, vault, here.mount);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < RACES; i++) {
            names.add("race-" + i);
        }
        for (String name : names) {
            here.secret(name, Map.of("k", "here"), Map.of(PATH, here.path(name)));
            there.secret(name, Map.of("k", "there"), Map.of(PATH, there.path(name)));
        }
        vault.proxy()
                .inject(
                        request ->
                                request.method().equals("PUT") && request.path().contains("/data/race-1"),
                        stale(),
                        10);
        try (OperatorProcess _ = here.operator().start();
                OperatorProcess _ = there.operator().start()) {
            Map<String, String> winners = new TreeMap<>();
            for (String name : names) {
                PushWorld.awaitThat("a loser of " + name, () -> lost(here, name) != lost(there, name));
                winners.put(name, lost(here, name) ? "there" : "here");
            }
            for (String name : names) {
                here.awaitData(name, Map.of("k", Objects.requireNonNull(winners.get(name))));
                assertThat(here.versions(name)).as("versions of " + name).isLessThanOrEqualTo(3);
            }
            Map<String, Integer> settled = new TreeMap<>();
            names.forEach(name -> settled.put(name, here.versions(name)));
            for (String name : names) {
                PushWorld.annotate(here.secret(name), Map.of("vault-sync.io/reconcile", "1h"));
                PushWorld.annotate(there.secret(name), Map.of("vault-sync.io/reconcile", "1h"));
            }
            here.secret("marker", Map.of("k", "v"), Map.of(PATH, here.path("marker")));
            here.awaitData("marker", Map.of("k", "v"));
            names.forEach(name -> assertThat(here.versions(name)).isEqualTo(settled.get(name)));
        } finally {
            vault.proxy().heal();
            there.close();
        }
    }

    private static boolean lost(PushWorld world, String name) {
        return world.events(name).stream().anyMatch(event -> "PathNotOwned".equals(event.getReason()));
    }
}
