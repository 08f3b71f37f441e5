package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KubernetesAuth;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who shares a read, and who never does. */
@WithWorld
class TenancyTest {
    private static Map<String, ?> asServiceAccount(World world, KubernetesAuth auth, String account) {
        return Map.of(
                "paths", List.of(world.path("app")),
                "reconcilePeriod", "1h",
                "auth",
                        Map.of(
                                "serviceAccountRef",
                                Map.of("name", account, "authPath", auth.loginPath(), "role", account)));
    }

    @Test
    void theSameIdentitySharesLoginsAndReadsAndOthersDoNot(World world, Cluster cluster, Vault vault) {
        world.mount.put("app", Map.of("k", "v"));
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        String policy = vault.newPolicy(world.mount.readPolicy());
        for (String account : List.of("red", "blue")) {
            cluster.newServiceAccount(world.namespace, account);
            auth.writeRole(account, world.namespace, account, "1h", policy);
        }
        for (String account : List.of("red", "blue")) {
            for (int i = 0; i < 10; i++) {
                world.create(account + "-" + i, asServiceAccount(world, auth, account));
            }
        }
        vault.proxy().forget();
        try (OperatorProcess operator = world.operator().start()) {
            for (String account : List.of("red", "blue")) {
                for (int i = 0; i < 10; i++) {
                    world.awaitData(account + "-" + i, Map.of("k", "v"));
                }
            }
            assertThat(vault.proxy().count("/v1/" + auth.loginPath())).isEqualTo(2);
            assertThat(world.valueReads()).hasSize(2);
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void whoMayNotReadGetsNothingThoughAnotherMay(World world, Cluster cluster, Vault vault) {
        world.mount.put("app", Map.of("k", "v"));
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        String policy = vault.newPolicy(world.mount.readPolicy());
        cluster.newServiceAccount(world.namespace, "may");
        cluster.newServiceAccount(world.namespace, "may-not");
        auth.writeRole("may", world.namespace, "may", "1h", policy);
        auth.writeRole("may-not", world.namespace, "may-not", "1h", "default");
        try (OperatorProcess operator = world.operator().start()) {
            world.create("first", asServiceAccount(world, auth, "may"));
            world.awaitData("first", Map.of("k", "v"));
            world.create("second", asServiceAccount(world, auth, "may-not"));
            assertThat(world.awaitEvent("second", "vault read failed").getMessage())
                    .startsWith("failed to read paths from vault: Error making API request.")
                    .contains("Code: 403. Errors:");
            assertThat(world.secret("second")).isNull();
            assertThat(operator.isAlive()).isTrue();
        }
    }
}
