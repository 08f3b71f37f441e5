package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KubernetesAuth;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A ServiceAccount of the VaultSecret's namespace logs in, under a role that is the namespace's name unless the object or
 * {@code ROLE} names another; the operator's environment names what the object leaves open.
 */
@WithWorld
class AuthenticationDefaultsTest {
    private final World world;
    private final Cluster cluster;
    private final String policy;

    AuthenticationDefaultsTest(World world, Cluster cluster, Vault vault) {
        this.world = world;
        this.cluster = cluster;
        this.policy = vault.newPolicy(world.mount.readPolicy());
        world.mount.put("app", Map.of("k", "v"));
    }

    private void create(String name, Map<String, ?> auth) {
        world.create(name, Map.of("paths", List.of(world.path("app")), "auth", auth));
    }

    private static Map<String, ?> account(Map<String, String> reference) {
        return Map.of("serviceAccountRef", reference);
    }

    @Test
    void theDefaultsAreTheNamespaceAsRoleAndTheOperatorsServiceAccountAndPath(Vault vault) {
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        cluster.newServiceAccount(world.namespace, "vault-operator-sync");
        cluster.newServiceAccount(world.namespace, "special");
        auth.writeRole(world.namespace, world.namespace, "vault-operator-sync", "1h", policy);
        auth.writeRole("other-role", world.namespace, "special", "1h", policy);
        try (OperatorProcess operator = world.operator()
                .environment("DEFAULT_SA_AUTH_PATH", auth.loginPath())
                .start()) {
            create("defaults", Map.of());
            create("named", account(Map.of("name", "special", "role", "other-role")));
            world.createExactly(
                    "nothing", Map.of("paths", List.of(world.path("app")), "targetSecretName", "from-nothing"));
            world.awaitData("defaults", Map.of("k", "v"));
            world.awaitData("named", Map.of("k", "v"));
            world.awaitData("from-nothing", Map.of("k", "v"));
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void theEnvironmentNamesRoleAndServiceAccountForAll(Vault vault) {
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        cluster.newServiceAccount(world.namespace, "reader");
        auth.writeRole("everybody", world.namespace, "reader", "1h", policy);
        try (OperatorProcess operator = world.operator()
                .environment("DEFAULT_SA_AUTH_PATH", auth.loginPath())
                .environment("DEFAULT_SA_NAME", "reader")
                .environment("ROLE", "everybody")
                .start()) {
            create("app", Map.of());
            world.awaitData("app", Map.of("k", "v"));
            create("own-role", account(Map.of("role", "no-such-role")));
            assertThat(world.awaitEvent("own-role", "vault failed").getMessage())
                    .startsWith(
                            "retrieve token: failed to login to Vault with JWT: Error making API request.\n\nURL: PUT ")
                    .contains("invalid role name \"no-such-role\"");
            assertThat(operator.isAlive()).isTrue();
        }
    }
}
