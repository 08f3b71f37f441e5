package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The environment gives the defaults of all VaultSecrets: its names in any case, and a variable that is set but empty
 * counts as empty, not as unset.
 */
@WithWorld
class ConfigurationTest {
    private final World world;

    ConfigurationTest(World world) {
        this.world = world;
        world.mount.put("app", Map.of("k", "v"));
    }

    /** An operator that has no {@code VAULT_ADDR} yet. */
    private OperatorProcess.Builder operator() {
        return OperatorProcess.operator()
                .kubeconfig(world.cluster.kubeconfig())
                .arguments("-leader-elect=false", "-dialects", "vaultsecret", "--namespace", world.namespace);
    }

    @Test
    void namesAreReadInAnyCase(Vault vault) {
        try (OperatorProcess operator = operator()
                .environment("vault_addr", vault.address() + "/")
                .environment("Vault_Ui_Addr", "https://ui.example/")
                .environment("default_reconcile_period", "500ms")
                .start()) {
            world.create("app", Map.of("paths", List.of(world.path("app"))));
            world.awaitData("app", Map.of("k", "v"));
            assertThat(world.links("app"))
                    .isEqualTo("https://ui.example/vault/secrets/" + world.mount.name() + "/kv/app");
            world.mount.put("app", Map.of("k", "new"));
            world.awaitData("app", Map.of("k", "new"));
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void whatIsEmptyCountsAsEmpty(Vault vault) {
        try (OperatorProcess operator = operator()
                .environment("VAULT_ADDR", "")
                .environment("DEFAULT_SA_NAME", "")
                .environment("DEFAULT_SA_AUTH_PATH", "auth/kubernetes/login")
                .environment("DEFAULT_RECONCILE_PERIOD", "")
                .start()) {
            List<Map<String, String>> paths = List.of(world.path("app"));
            String addr = vault.address();
            world.create("no-period", Map.of("paths", paths, "addr", addr));
            world.create("no-address", Map.of("paths", paths, "reconcilePeriod", "1h"));
            world.create("no-account", Map.of("paths", paths, "reconcilePeriod", "1h", "addr", addr, "auth", Map.of()));
            world.create("complete", Map.of("paths", paths, "reconcilePeriod", "1h", "addr", addr));
            assertThat(world.awaitEvent("no-period", "invalid resource").getMessage())
                    .isEqualTo("VaultSecret.Spec.ReconcilePeriod is invalid: time: invalid duration \"\"");
            assertThat(world.awaitEvent("no-address", "invalid resource").getMessage())
                    .isEqualTo("default vault addr from app config is empty");
            assertThat(world.awaitEvent("no-account", "invalid resource").getMessage())
                    .isEqualTo("default SA name from app config is empty");
            world.awaitData("complete", Map.of("k", "v"));
            assertThat(world.links("complete")).isEqualTo(addr + "/ui/vault/secrets/" + world.mount.name() + "/kv/app");
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void theOriginalsFlagsAreTakenAndVariablesWithoutEffectHaveNone(Vault vault) {
        try (OperatorProcess operator = operator()
                .arguments("-zap-devel", "--zap-encoder=console", "-zap-log-level", "info")
                .arguments("--zap-stacktrace-level=error", "--zap-time-encoding=iso8601")
                .environment("VAULT_ADDR", vault.address() + "/")
                .environment("VAULT_AGENT_ADDR", "http://127.0.0.1:1")
                .environment("VAULT_CLIENT_TIMEOUT", "soon")
                .environment("VAULT_MAX_RETRIES", "many")
                .environment("VAULT_RATE_LIMIT", "none")
                .environment("VAULT_TOKEN", "not-to-be-used")
                .environment("OPERATOR_ROLE", "unused")
                .environment("LOG_LEVEL", "unused")
                .start()) {
            world.createReading("app", "app", "1h");
            world.awaitData("app", Map.of("k", "v"));
            assertThat(world.links("app"))
                    .isEqualTo(vault.address() + "/ui/vault/secrets/" + world.mount.name() + "/kv/app");
            assertThat(operator.lines()).isNotEmpty().noneMatch(line -> line.startsWith("{"));
        }
    }
}
