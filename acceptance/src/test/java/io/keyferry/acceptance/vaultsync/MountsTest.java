package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.Vault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Engines of both versions, where they are mounted, and how paths lead to them. */
@WithWorld
class MountsTest {
    private static void mount(Vault vault, String path, int version) {
        vault.request(
                "POST",
                "sys/mounts/" + path,
                Map.of("type", "kv", "options", Map.of("version", Integer.toString(version))));
        if (version == 2) {
            PushWorld.awaitThat("the mount", () -> answers(vault, path + "/config"));
        }
    }

    private static boolean answers(Vault vault, String path) {
        try {
            return vault.request("GET", path, Map.of()).has("data");
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void awaitGone(PushWorld world, String secret) {
        world.secret(secret).delete();
        PushWorld.awaitThat("gone", () -> world.secret(secret).get() == null);
    }

    @Test
    void aMountThatDemandsCheckAndSetWorks(PushWorld world) {
        world.vault.request("POST", world.mount.name() + "/config", Map.of("cas_required", true));
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.path("db")));
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("db", Map.of("k", "1"));
            world.rotate("db", Map.of("k", "2"));
            world.awaitData("db", Map.of("k", "2"));
            world.mount.delete("db");
            PushWorld.annotate(world.secret("db"), Map.of("vault-sync.io/reconcile", "1h"));
            world.awaitData("db", Map.of("k", "2"));
            assertThat(world.versions("db")).isEqualTo(3);
        }
    }

    @Test
    void withoutDataInThePathItIsPutIn(PushWorld world) {
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.mount.path("db")));
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("db", Map.of("k", "1"));
        }
    }

    @Test
    void version1IsWrittenAndRemovedWhereThePathSays(PushWorld any) {
        PushWorld world = any.with(any.vault.newMount(1));
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.path("db")));
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("db", Map.of("k", "1"));
            awaitGone(world, "db");
            assertThat(world.data("db")).isEmpty();
        }
    }

    @Test
    void secretDataIsTakenForVersion2WithoutAsking(PushWorld any, @Own Vault vault) {
        mount(vault, "secret", 2);
        PushWorld world = new PushWorld(any.cluster, vault);
        world.secret("db", Map.of("k", "1"), Map.of(PATH, "secret/data/db"));
        try (OperatorProcess _ = world.operator().start()) {
            PushWorld.awaitThat(
                    "data",
                    () -> world.inVault("secret/data/db")
                            .at("/data/data/k")
                            .asText()
                            .equals("1"));
            assertThat(vault.proxy().count("/v1/sys/internal")).isZero();
        } finally {
            world.close();
        }
    }

    @Test
    void theClustersNamePrecedesThePathOnBothVersions(PushWorld any, @Own Vault vault) {
        for (int version : List.of(1, 2)) {
            String mount = version == 1 ? "clusters" : "clusters/prod/secret";
            mount(vault, mount, version);
            PushWorld world = new PushWorld(any.cluster, vault);
            world.secret("db", Map.of("k", "1"), Map.of(PATH, "secret/data/db"));
            String value = version == 1 ? "/data/k" : "/data/data/k";
            String path = "clusters/prod/secret/data/db";
            try (OperatorProcess _ =
                    world.operator().arguments("--cluster-name=prod").start()) {
                PushWorld.awaitThat(
                        "data", () -> world.inVault(path).at(value).asText().equals("1"));
                awaitGone(world, "db");
                assertThat(world.inVault(path).at(value).isMissingNode()).isTrue();
            } finally {
                world.close();
            }
            vault.request("DELETE", "sys/mounts/" + mount, Map.of());
        }
    }

    @Test
    void removalsMayBeForGood(PushWorld world) {
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.path("db")));
        try (OperatorProcess _ = world.operator()
                .environment("KEYFERRY_VAULTSYNC_FULL_DELETE", "true")
                .start()) {
            world.awaitData("db", Map.of("k", "1"));
            awaitGone(world, "db");
            assertThat(world.versions("db")).isZero();
        }
    }
}
