package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.PushWorld.Login;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator's own token: renewed, replaced at its maximal life, and after it was revoked. */
@WithWorld
class LoginTest {
    private final PushWorld world;

    LoginTest(PushWorld world) {
        this.world = world;
    }

    /** Times are a tenth of the real thing, in which a token lives a minute and two at most. */
    @Test
    void syncingGoesOnOverManyLivesOfATokenWithoutAFailure() throws IOException {
        Login login = PushWorld.login(
                world.cluster,
                world.vault,
                "6s",
                Map.of("token_max_ttl", "12s"),
                "path \"*\" { capabilities = [\"create\", \"read\", \"update\", \"delete\"] }");
        world.secret("db", Map.of("k", "0"), Map.of(PATH, world.path("db")));
        try (OperatorProcess operator = world.operator(login).start()) {
            world.awaitData("db", Map.of("k", "0"));
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            for (int i = 1; System.nanoTime() < end; i++) {
                String value = Integer.toString(i);
                world.rotate("db", Map.of("k", value));
                world.awaitData("db", Map.of("k", value));
            }
            assertThat(operator.metrics().sum("vault_sync_operator_auth_attempts_total", Map.of("result", "success")))
                    .isBetween(3.0, 12.0);
            assertThat(operator.metrics().sum("vault_sync_operator_auth_attempts_total", Map.of("result", "failed")))
                    .isZero();
            assertThat(operator.metrics().of("vault_sync_operator_vault_write_errors_total"))
                    .isEmpty();
        }
    }

    @Test
    void aRevokedTokenCostsOneCallAndNoSync() throws IOException {
        Login login = PushWorld.login(world.cluster, world.vault);
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.path("db")));
        try (OperatorProcess operator = world.operator(login).start()) {
            world.awaitData("db", Map.of("k", "1"));
            for (int i = 2; i <= 4; i++) {
                world.vault.request("POST", "sys/leases/revoke-prefix/auth/" + login.mount(), Map.of());
                world.rotate("db", Map.of("k", Integer.toString(i)));
                world.awaitData("db", Map.of("k", Integer.toString(i)), Duration.ofSeconds(5));
            }
            assertThat(operator.metrics().of("vault_sync_operator_vault_write_errors_total"))
                    .isEmpty();
        }
    }
}
