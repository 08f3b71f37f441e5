package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.PushWorld.Login;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.Vault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Vault sealed or down: the operator lives, says so, and goes on by itself. */
@WithWorld
class VaultAwayTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private static void awaitReadiness(OperatorProcess operator, int status) {
        PushWorld.awaitThat("readiness " + status, () -> operator.health("/readyz") == status);
    }

    @Test
    void theOperatorStartsWithoutVaultAndSurvivesItsOutages(PushWorld any, @Own Vault vault) {
        PushWorld world = new PushWorld(any.cluster, vault);
        Login login = PushWorld.login(world.cluster, vault);
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.path("db")));
        world.deployment("app", Map.of(PATH, world.path("app")), "db");
        vault.stop();
        try (OperatorProcess operator = world.operator(login).start()) {
            operator.awaitLine(line -> line.contains("unable to initialize vault client"), PushWorld.SOON);
            PushWorld.awaitThat("alive", () -> operator.health("/healthz") == 200);
            awaitReadiness(operator, 500);
            assertThat(operator.body("/readyz")).isEqualTo("[-]readyz failed: reason withheld\nhealthz check failed\n");
            assertThat(operator.body("/healthz")).isEqualTo("ok");
            assertThat(world.awaitEvent("db", "VaultLoginFailed").getMessage())
                    .startsWith("failed to write secret to vault: failed to write secret to vault at path "
                            + world.path("db") + ": failed to re-authenticate: failed to authenticate: ");

            vault.resume();
            world.awaitData("db", Map.of("k", "1"), A_MINUTE);
            world.awaitData("app/db", Map.of("k", "1"), A_MINUTE);
            awaitReadiness(operator, 200);
            assertThat(operator.body("/readyz?verbose")).isEqualTo("[+]readyz ok\nhealthz check passed\n");
            assertThat(operator.body("/readyz/readyz")).isEqualTo("ok");
            assertThat(operator.body("/healthz/healthz")).isEqualTo("ok");

            vault.seal();
            awaitReadiness(operator, 500);
            assertThat(operator.health("/healthz")).isEqualTo(200);
            assertThat(operator.body("/readyz?exclude=readyz")).isEqualTo("ok");
            world.rotate("db", Map.of("k", "2"));
            assertThat(world.awaitEvent("db", "VaultRefused").getMessage())
                    .startsWith("failed to write secret to vault: failed to write secret to vault at path "
                            + world.path("db"));
            world.deployment("app").delete();
            assertThat(world.awaitEvent("app", "DeleteFailed").getMessage())
                    .startsWith("failed to delete secret from vault at path " + world.path("app/db") + ": ");
            vault.resume();
            world.awaitData("db", Map.of("k", "2"), A_MINUTE);
            PushWorld.awaitThat("gone", () -> world.deployment("app").get() == null);
            assertThat(world.data("app/db")).isEmpty();
            assertThat(operator.isAlive()).isTrue();
        } finally {
            world.close();
        }
    }

    @Test
    void anObjectIsLetGoWhenPatienceEnds(PushWorld any, @Own Vault vault) {
        PushWorld world = new PushWorld(any.cluster, vault);
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.path("db")));
        try (OperatorProcess _ = world.operator()
                .environment("KEYFERRY_VAULTSYNC_DELETE_GIVE_UP", "2s")
                .start()) {
            world.awaitData("db", Map.of("k", "1"));
            vault.stop();
            world.secret("db").delete();
            PushWorld.awaitThat("gone", () -> world.secret("db").get() == null);
            world.awaitEvent("db", "GaveUp");
        } finally {
            world.close();
        }
    }
}
