package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A Vault token may be in a Secret of the VaultSecret's namespace instead of in the VaultSecret: what is wrong with it is
 * told, and whatever becomes of that Secret counts at once.
 */
@WithOperator
class TokenInSecretTest {
    private final World world;
    private final Vault vault;
    private final String policy;

    TokenInSecretTest(World world, Vault vault) {
        this.world = world;
        this.vault = vault;
        this.policy = vault.newPolicy(world.mount.readPolicy());
        world.mount.put("app", Map.of("k", "v"));
    }

    private void create(String name, Map<String, ?> reference) {
        world.create(
                name,
                Map.of(
                        "paths", List.of(world.path("app")),
                        "reconcilePeriod", "1h",
                        "auth", Map.of("tokenSecretRef", reference)));
    }

    private Secret credentials(String key, String token) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(world.namespace)
                .withName("credentials")
                .endMetadata()
                .withStringData(Map.of(key, token))
                .build();
    }

    private void write(String key, String token) {
        world.client.resource(credentials(key, token)).unlock().createOr(existing -> existing.update());
    }

    private String message(String name) {
        return world.awaitEvent(name, "vault failed").getMessage();
    }

    @Test
    void theTokenMayComeLaterAndEndInANewline() {
        create("app", Map.of("name", "credentials"));
        assertThat(message("app"))
                .isEqualTo("retrieve token: Secret %s/credentials of spec.auth.tokenSecretRef doesn't exist"
                        .formatted(world.namespace));
        assertThat(world.secret("app")).isNull();
        write("token", vault.newToken("1h", policy) + "\n");
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void anotherKeyThanTokenIsNamed() {
        write("vault", vault.newToken("1h", policy));
        create("wrong", Map.of("name", "credentials"));
        create("right", Map.of("name", "credentials", "key", "vault"));
        world.awaitData("right", Map.of("k", "v"));
        assertThat(message("wrong"))
                .isEqualTo("retrieve token: Secret %s/credentials of spec.auth.tokenSecretRef holds no key \"token\""
                        .formatted(world.namespace));
    }

    @Test
    void aTokenThatIsReplacedIsUsedAtOnce() {
        write("token", vault.newToken("1h", "default"));
        create("app", Map.of("name", "credentials"));
        world.awaitEvent("app", "vault read failed");
        write("token", vault.newToken("1h", policy));
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void whatWasSyncedStaysWhenTheTokenGoes() {
        write("token", vault.newToken("1h", policy));
        create("app", Map.of("name", "credentials"));
        world.awaitData("app", Map.of("k", "v"));
        world.client.resource(credentials("token", "")).delete();
        world.awaitReady("app", "False VaultFailed");
        assertThat(world.data("app")).isEqualTo(Map.of("k", "v"));
        write("token", vault.newToken("1h", policy));
        world.awaitReady("app", "True Synced");
    }

    @Test
    void aSecretOfAnotherNamespaceCannotBeNamed() {
        create("app", Map.of("name", world.namespace + "/credentials"));
        assertThat(message("app")).contains("is no name of a Secret");
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> world.secret("app") == null);
    }
}
