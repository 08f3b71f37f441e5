package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.JwtAuth;
import io.keyferry.testkit.KubernetesAuth;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A ServiceAccount of the VaultSecret's namespace logs in; Vault has the API server review its token, or checks it with the API server's public key.
 * Without a login path and without a token the object is invalid.
 */
@WithOperator
class AuthenticationTest {
    private final World world;
    private final OperatorProcess operator;
    private final Cluster cluster;
    private final String policy;

    AuthenticationTest(World world, OperatorProcess operator, Cluster cluster, Vault vault) {
        this.world = world;
        this.operator = operator;
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
    void theApiServersPublicKeyIsEnough(Vault vault) {
        JwtAuth auth = vault.enableJwtAuth(cluster);
        cluster.newServiceAccount(world.namespace, "sync");
        auth.writeRole(world.namespace, world.namespace, "sync", "1h", policy);
        create("app", account(Map.of("name", "sync", "authPath", auth.loginPath())));
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void whatGoesWrongIsToldInTheOriginalsLayout(Vault vault) {
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        cluster.newServiceAccount(world.namespace, "stranger");
        auth.writeRole("role", world.namespace, "somebody-else", "1h", policy);
        create("refused", account(Map.of("name", "stranger", "role", "role", "authPath", auth.loginPath())));
        create("no-account", account(Map.of("name", "nobody", "role", "role", "authPath", auth.loginPath())));
        create("no-path", account(Map.of("name", "stranger", "role", "role", "authPath", "auth/nowhere/login")));
        String url = "URL: PUT " + vault.address() + "/v1/";
        assertThat(world.awaitEvent("refused", "vault failed").getMessage())
                .isEqualTo("retrieve token: failed to login to Vault with JWT: Error making API request.\n\n" + url
                        + auth.loginPath() + "\nCode: 403. Errors:\n\n* service account name not authorized");
        assertThat(world.awaitEvent("no-account", "vault failed").getMessage())
                .startsWith("retrieve token: could not fetch JWT token: ")
                .contains("serviceaccounts \"nobody\" not found");
        assertThat(world.awaitEvent("no-path", "vault failed").getMessage())
                .startsWith("retrieve token: failed to login to Vault with JWT: Error making API request.\n\n" + url
                        + "auth/nowhere/login\nCode: 403. Errors:\n\n* ");
        for (String name : List.of("refused", "no-account", "no-path")) {
            world.awaitReady(name, "False VaultFailed");
            assertThat(world.awaitLog(operator, name, "Reconciler error")).contains("\"error\":\"retrieve token: ");
            assertThat(world.secret(name)).isNull();
        }
    }

    @Test
    void aTokenWinsOverAServiceAccount(Vault vault) {
        String token = vault.newToken("1h", policy);
        create(
                "app",
                Map.of(
                        "token",
                        token,
                        "serviceAccountRef",
                        Map.of("name", "nobody", "authPath", "auth/nowhere/login")));
        world.awaitData("app", Map.of("k", "v"));
        assertThat(vault.proxy().count("/v1/auth/")).isZero();
    }

    @Test
    void aTokenThatVaultDoesNotKnowFailsTheRead() {
        create("app", Map.of("token", "no-such-token"));
        assertThat(world.awaitEvent("app", "vault read failed").getMessage())
                .startsWith("failed to read paths from vault: ")
                .contains("Code: 403. Errors:\n\n* ");
        assertThat(world.secret("app")).isNull();
    }

    @Test
    void withoutATokenThereMustBeALoginPath() {
        create("app", Map.of());
        assertThat(world.awaitEvent("app", "invalid resource").getMessage())
                .isEqualTo("default SA auth path from app config is empty");
        assertThat(world.secret("app")).isNull();
        world.awaitReady("app", "False InvalidResource");
    }

    @Test
    void anAddressThatIsNoneFailsWithAToken() {
        world.create("app", Map.of("paths", List.of(world.path("app")), "addr", "vault.example:x"));
        assertThat(world.awaitEvent("app", "vault failed").getMessage()).startsWith("could not create Vault client: ");
        assertThat(world.secret("app")).isNull();
    }
}
