package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RecordedRequest;
import io.keyferry.testkit.Vault;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Vault is reached by TLS, by a Unix domain socket, through a proxy and in a namespace, as the environment says. */
@WithWorld
class ReachingVaultTest {
    private final World world;
    private final Cluster cluster;

    ReachingVaultTest(World world, Cluster cluster) {
        this.world = world;
        this.cluster = cluster;
    }

    @Test
    void byTlsWithTheAuthorityThatIsNamedOrByASocketWhereTheObjectSaysSo() {
        try (Vault vault = Vault.startWithTls(cluster);
                World tls = new World(cluster, vault);
                OperatorProcess trusting = tls.operator()
                        .environment("VAULT_ADDR", vault.tlsAddress())
                        .environment(
                                "VAULT_CACERT", cluster.certificateAuthority().toString())
                        .start()) {
            tls.mount.put("app", Map.of("k", "v"));
            tls.createReading("app", "app", "1h");
            tls.create("socket", Map.of("paths", List.of(tls.path("app")), "addr", vault.socketAddress()));
            tls.awaitData("app", Map.of("k", "v"));
            tls.awaitData("socket", Map.of("k", "v"));
            trusting.kill();
            try (OperatorProcess distrustful =
                    tls.operator().environment("VAULT_ADDR", vault.tlsAddress()).start()) {
                tls.createReading("other", "app", "1h");
                assertThat(tls.awaitEvent("other", "vault read failed").getMessage())
                        .startsWith("failed to read paths from vault: ");
                assertThat(tls.secret("other")).isNull();
                assertThat(distrustful.isAlive()).isTrue();
            }
        }
    }

    @Test
    void throughAProxy(Vault vault) {
        world.mount.put("app", Map.of("k", "v"));
        try (OperatorProcess operator = world.operator()
                .environment("VAULT_ADDR", "http://vault.example:8200")
                .environment("VAULT_PROXY_ADDR", vault.address())
                .start()) {
            world.createReading("app", "app", "1h");
            world.awaitData("app", Map.of("k", "v"));
            assertThat(vault.proxy().requests())
                    .extracting(RecordedRequest::target)
                    .contains("http://vault.example:8200/v1/" + world.mount.name() + "/data/app");
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void byASocketAndInANamespace(Vault vault) {
        String namespace = "ns-" + UUID.randomUUID().toString().substring(0, 8);
        vault.request("POST", "sys/namespaces/" + namespace, Map.of());
        vault.request("POST", namespace + "/sys/mounts/inner", Map.of("type", "kv", "options", Map.of("version", "1")));
        vault.request("POST", namespace + "/inner/app", Map.of("k", "inner"));
        vault.request("POST", namespace + "/inner/folder/app", Map.of("k", "below"));
        try (OperatorProcess operator = world.operator()
                .environment("VAULT_ADDR", vault.socketAddress())
                .environment("VAULT_NAMESPACE", namespace)
                .start()) {
            world.create(
                    "app", Map.of("paths", List.of(Map.of("path", "inner/app"), Map.of("path", "inner/folder/*"))));
            world.awaitData("app", Map.of("k", "inner", "app_k", "below"));
            assertThat(operator.isAlive()).isTrue();
        }
    }
}
