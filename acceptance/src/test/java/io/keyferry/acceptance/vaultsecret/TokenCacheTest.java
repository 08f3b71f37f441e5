package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.JwtAuth;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Reconciles within a token's life make one login, and a new one is made once its end is near; a token that Vault takes
 * back costs one login. Identities that join to the same text never share a token.
 */
@WithOperator(environment = "REFRESH_TOKEN_BEFORE=59m57s")
class TokenCacheTest {
    private final World world;
    private final OperatorProcess operator;
    private final Cluster cluster;
    private final Vault vault;
    private final JwtAuth auth;
    private final String policy;

    TokenCacheTest(World world, OperatorProcess operator, Cluster cluster, Vault vault) {
        this.world = world;
        this.operator = operator;
        this.cluster = cluster;
        this.vault = vault;
        this.auth = vault.enableJwtAuth(cluster);
        this.policy = vault.newPolicy(world.mount.readPolicy());
        cluster.newServiceAccount(world.namespace, "sync");
        world.mount.put("app", Map.of("k", "v"));
    }

    private void createReading(World where, String name, String account, String role) {
        where.create(
                name,
                Map.of(
                        "paths", List.of(world.path("app")),
                        "reconcilePeriod", "500ms",
                        "auth",
                                Map.of(
                                        "serviceAccountRef",
                                        Map.of("name", account, "role", role, "authPath", auth.loginPath()))));
    }

    private long logins() {
        return vault.proxy().count("/v1/" + auth.loginPath());
    }

    /** What OpenBao knows of the tokens that logins of one role brought. */
    private List<JsonNode> tokensOf(String role) {
        List<JsonNode> tokens = new ArrayList<>();
        for (JsonNode accessor :
                vault.request("LIST", "auth/token/accessors", Map.of()).at("/data/keys")) {
            JsonNode token = vault.request(
                            "POST", "auth/token/lookup-accessor", Map.of("accessor", accessor.textValue()))
                    .get("data");
            if (token.at("/meta/role").asText().equals(role)) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    @Test
    void reconcilesWithinTheTokensLifeMakeOneLogin() throws Exception {
        auth.writeRole(world.namespace, world.namespace, "sync", "24h", policy);
        createReading(world, "one", "sync", world.namespace);
        createReading(world, "two", "sync", world.namespace);
        world.awaitData("one", Map.of("k", "v"));
        world.awaitData("two", Map.of("k", "v"));
        new Reconciles(operator, world).awaitMore("one", 4);
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void nearTheTokensEndANewLoginIsMade() {
        auth.writeRole(world.namespace, world.namespace, "sync", "1h", policy);
        createReading(world, "app", "sync", world.namespace);
        await("two more logins").atMost(World.SOON.multipliedBy(2)).until(() -> logins() >= 3);
        List<Long> times = tokensOf(world.namespace).stream()
                .map(token -> token.get("creation_time").longValue())
                .sorted()
                .toList();
        // Fresh for three seconds from when it was asked for; OpenBao tells whole seconds.
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isPositive();
        }
        assertThat(world.events("app")).noneMatch(event -> event.getType().equals("Warning"));
    }

    @Test
    void aTokenThatVaultTakesBackCostsOneLogin() throws Exception {
        auth.writeRole(world.namespace, world.namespace, "sync", "24h", policy);
        createReading(world, "one", "sync", world.namespace);
        createReading(world, "two", "sync", world.namespace);
        world.awaitData("one", Map.of("k", "v"));
        world.awaitData("two", Map.of("k", "v"));
        assertThat(logins()).isEqualTo(1);
        String accessor = tokensOf(world.namespace).getFirst().get("accessor").textValue();
        vault.request("POST", "auth/token/revoke-accessor", Map.of("accessor", accessor));
        world.mount.put("app", Map.of("k", "new"));
        world.awaitData("one", Map.of("k", "new"));
        world.awaitData("two", Map.of("k", "new"));
        new Reconciles(operator, world).awaitMore("two", 3);
        assertThat(logins()).isEqualTo(2);
        assertThat(world.events("one")).noneMatch(event -> event.getType().equals("Warning"));
    }

    @Test
    void identitiesThatJoinToTheSameTextNeverShareAToken() {
        String team = world.namespace;
        try (World longer = world.neighbour("-a")) {
            cluster.newServiceAccount(team, "a-sync");
            cluster.newServiceAccount(team + "-a", "sync");
            // The role admits the second alone, whose namespace, name and role join to the text of the first's.
            auth.writeRole("shared", team + "-a", "sync", "24h", policy);
            createReading(longer, "app", "sync", "shared");
            longer.awaitData("app", Map.of("k", "v"));
            createReading(world, "app", "a-sync", "shared");
            assertThat(world.awaitEvent("app", "vault failed").getMessage())
                    .startsWith("retrieve token: failed to login to Vault with JWT: ");
            assertThat(world.secret("app")).isNull();
        }
    }
}
