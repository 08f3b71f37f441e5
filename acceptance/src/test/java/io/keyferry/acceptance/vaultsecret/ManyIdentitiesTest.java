package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyferry.acceptance.Crowd;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.JwtAuth;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** With 2,000 VaultSecrets under 200 ServiceAccounts there are as many logins as ServiceAccounts, period after period. */
@WithWorld
class ManyIdentitiesTest {
    private static final int IDENTITIES = 200;
    private static final int OBJECTS_EACH = 10;
    private static final int PERIODS = 3;
    /** A token lives an hour and counts as fresh for so long. */
    private static final int FRESH_SECONDS = 6;
    /** Longer than a token is fresh, so that every period needs a login. */
    private static final String PERIOD = "8s";

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @Test
    void loginsFollowIdentitiesNotObjects(World world, Cluster cluster, Vault vault) throws InterruptedException {
        JwtAuth auth = vault.enableJwtAuth(cluster);
        String policy = vault.newPolicy(world.mount.readPolicy());
        world.mount.put("app", Map.of("k", "v"));
        Crowd.of(IDENTITIES, identity -> {
            String account = "account-" + identity;
            cluster.newServiceAccount(world.namespace, account);
            auth.writeRole(world.namespace + "-" + account, world.namespace, account, "1h", policy);
        });
        Crowd.of(IDENTITIES * OBJECTS_EACH, number -> {
            String account = "account-" + number % IDENTITIES;
            world.create(
                    "object-" + number,
                    Map.of(
                            "paths", List.of(world.path("app")),
                            "reconcilePeriod", PERIOD,
                            "auth",
                                    Map.of(
                                            "serviceAccountRef",
                                            Map.of(
                                                    "name",
                                                    account,
                                                    "role",
                                                    world.namespace + "-" + account,
                                                    "authPath",
                                                    auth.loginPath()))));
        });
        vault.proxy().forget();
        try (OperatorProcess operator = world.operator()
                .environment("REFRESH_TOKEN_BEFORE", "59m" + (60 - FRESH_SECONDS) + "s")
                .start()) {
            await("all Secrets")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> world.secrets().size() == IDENTITIES * OBJECTS_EACH);
            await("three more periods")
                    .atMost(PATIENCE)
                    .until(() -> vault.proxy().count("/v1/" + auth.loginPath()) >= IDENTITIES * (PERIODS + 1L));
            operator.kill();
        }
        Map<String, List<Long>> logins = logins(vault, world.namespace + "-account-");
        assertThat(logins).hasSize(IDENTITIES);
        int asked = (int) vault.proxy().count("/v1/" + auth.loginPath());
        // What was under way when the operator was killed may have made a token or not.
        assertThat(logins.values().stream().mapToInt(List::size).sum()).isBetween(asked - IDENTITIES, asked);
        logins.forEach((role, times) -> {
            for (int i = 1; i < times.size(); i++) {
                // A token is as old as its request, which may take a while; two logins for one token would be together.
                assertThat(times.get(i) - times.get(i - 1)).as(role).isGreaterThanOrEqualTo(FRESH_SECONDS / 2);
            }
        });
    }

    /** When each role's tokens were made, in seconds, in order. */
    private static Map<String, List<Long>> logins(Vault vault, String prefix) {
        Map<String, List<Long>> logins = new TreeMap<>();
        for (JsonNode accessor :
                vault.request("LIST", "auth/token/accessors", Map.of()).at("/data/keys")) {
            JsonNode token = vault.request(
                            "POST", "auth/token/lookup-accessor", Map.of("accessor", accessor.textValue()))
                    .get("data");
            String role = token.at("/meta/role").asText();
            if (role.startsWith(prefix)) {
                logins.computeIfAbsent(role, r -> new ArrayList<>())
                        .add(token.get("creation_time").longValue());
            }
        }
        logins.values().forEach(times -> times.sort(null));
        return logins;
    }
}
