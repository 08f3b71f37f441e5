package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.KubernetesAuth;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A marker planted as a value must not turn up in anything the process says. */
@WithWorld
class SecrecyTest {
    private static final String MARKER = "planted-marker-7f3a9";

    /** JWTs of service accounts, and tokens that OpenBao and Vault give out. */
    private static final Pattern TOKENS = Pattern.compile("eyJ[\\w-]{10,}|\\b(hv)?[sb]\\.\\w{20,}");

    @Test
    void noValueOrTokenIsInLogsEventsStatusOrMetrics(World world, Cluster cluster, Vault vault) throws IOException {
        world.mount.put("app", Map.of("k", MARKER, "nested", Map.of("list", List.of(MARKER)), "bad key", MARKER));
        world.mount.put("twin", Map.of("k", MARKER));
        String token = vault.newToken("1h", vault.newPolicy(world.mount.readPolicy()));
        try (OperatorProcess operator =
                world.operator().arguments("--log-level=debug").start()) {
            Map<String, ?> auth = Map.of("token", token);
            world.create("good", Map.of("paths", List.of(world.path("app")), "reconcilePeriod", "1s", "auth", auth));
            world.create(
                    "conflict",
                    Map.of(
                            "paths",
                            List.of(world.path("app"), world.path("twin")),
                            "reconcilePeriod",
                            "1s",
                            "auth",
                            auth));
            world.create("login", Map.of("paths", List.of(world.path("app")), "auth", login(world, cluster, vault)));
            world.create("format", Map.of("paths", List.of(world.path("app")), "targetFormat", "xml", "auth", auth));
            world.awaitReady("good", "True Synced");
            world.awaitReady("login", "True Synced");
            world.awaitReady("conflict", "False VaultReadFailed");
            world.awaitReady("format", "False SyncRejected");
            for (Fault fault : List.of(Fault.garbage(), Fault.status(500), Fault.status(403))) {
                vault.proxy().inject("/v1/" + world.mount.name(), fault);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> world.ready("good").startsWith("False"));
                vault.proxy().heal();
                world.awaitReady("good", "True Synced");
            }
            String metrics = String.join("\n", operator.metrics().values().keySet());
            assertThat(metrics).contains("keyferry_objects", "kw_vop_reconcile_count");
            operator.terminate();
            operator.awaitExit(World.SOON);
            String said = String.join("\n", operator.lines())
                    + metrics
                    + Serialization.asJson(world.events("login"))
                    + world.vaultSecret("login").get("status")
                    + Serialization.asJson(world.events("good"))
                    + Serialization.asJson(world.events("conflict"))
                    + Serialization.asJson(world.events("format"))
                    + world.vaultSecret("good").get("status")
                    + world.vaultSecret("conflict").get("status")
                    + world.vaultSecret("format").get("status");
            assertThat(said).contains("override detected");
            String encoded = Base64.getEncoder().encodeToString(MARKER.getBytes(StandardCharsets.UTF_8));
            assertThat(said).doesNotContain(MARKER, encoded, token).doesNotContainPattern(TOKENS);
        }
    }

    private static Map<String, ?> login(World world, Cluster cluster, Vault vault) {
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        cluster.newServiceAccount(world.namespace, "reader");
        auth.writeRole("reader", world.namespace, "reader", "1h", vault.newPolicy(world.mount.readPolicy()));
        return Map.of("serviceAccountRef", Map.of("name", "reader", "role", "reader", "authPath", auth.loginPath()));
    }
}
