package io.keyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealParts
class VaultTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void keepsSecretsOfBothVersions(int version, Vault vault) throws Exception {
        KvMount mount = vault.newMount(version);
        mount.put("folder/one", Map.of("key", "first"));
        mount.put("folder/two", Map.of("key", "second"));
        String token = vault.newToken("1h", vault.newPolicy(mount.readPolicy()));

        assertThat(mount.list("folder")).containsExactly("one", "two");
        String path = version == 2 ? mount.name() + "/data/folder/one" : mount.path("folder/one");
        assertThat(get(vault, path, token).body()).contains("first");
        mount.delete("folder/one");
        assertThat(get(vault, path, token).statusCode()).isEqualTo(404);
    }

    @Test
    void destroysVersions(Vault vault) throws Exception {
        KvMount mount = vault.newMount(2);
        mount.put("one", Map.of("key", "first"));
        mount.put("one", Map.of("key", "second"));

        mount.destroy("one", 2);

        String path = mount.name() + "/data/one";
        assertThat(get(vault, path, vault.rootToken()).statusCode()).isEqualTo(404);
        assertThat(get(vault, path + "?version=1", vault.rootToken()).body()).contains("first");
        mount.deleteMetadata("one");
        assertThatThrownBy(() -> mount.list(""))
                .isInstanceOfSatisfying(
                        VaultRefusal.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(404));
    }

    @Test
    void hasTheApiServerReviewServiceAccountTokens(Vault vault, Cluster cluster) throws Exception {
        KvMount mount = vault.newMount(2);
        mount.put("one", Map.of("key", "value"));
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        String namespace = cluster.newNamespace();
        cluster.newServiceAccount(namespace, "reader");
        cluster.newServiceAccount(namespace, "stranger");
        auth.writeRole("read", namespace, "reader", "1h", vault.newPolicy(mount.readPolicy()));
        long reviews = cluster.requestCounts().getOrDefault("POST tokenreviews", 0L);

        String token = auth.login("read", cluster.tokenOf(namespace, "reader"));

        assertThat(cluster.requestCounts()).containsEntry("POST tokenreviews", reviews + 1);
        assertThat(get(vault, mount.name() + "/data/one", token).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> auth.login("read", cluster.tokenOf(namespace, "stranger")))
                .isInstanceOf(VaultRefusal.class);
    }

    @Test
    void logsServiceAccountsInByTheApiServersPublicKey(Vault vault, Cluster cluster) {
        JwtAuth auth = vault.enableJwtAuth(cluster);
        String namespace = cluster.newNamespace();
        cluster.newServiceAccount(namespace, "reader");
        cluster.newServiceAccount(namespace, "stranger");
        auth.writeRole("read", namespace, "reader", "1h", "default");

        assertThat(vault.request(
                                "POST",
                                auth.loginPath(),
                                Map.of("role", "read", "jwt", cluster.tokenOf(namespace, "reader", cluster.issuer())))
                        .at("/auth/client_token")
                        .textValue())
                .isNotEmpty();
        Map<String, String> stranger =
                Map.of("role", "read", "jwt", cluster.tokenOf(namespace, "stranger", cluster.issuer()));
        assertThatThrownBy(() -> vault.request("POST", auth.loginPath(), stranger))
                .isInstanceOf(VaultRefusal.class);
    }

    @Test
    void countsWhatClientsAskAndNotWhatTheTestDoes(Vault vault) throws Exception {
        KvMount mount = vault.newMount(1);
        mount.put("one", Map.of("key", "value"));

        get(vault, mount.path("one"), vault.rootToken());
        get(vault, mount.path("one"), vault.rootToken());

        assertThat(vault.proxy().count("/v1/" + mount.path("one"))).isEqualTo(2);
        assertThat(vault.proxy().requests()).hasSize(2);
    }

    @Test
    void keepsItsDataOverARestartAtTheSameAddress(Vault vault) throws Exception {
        KvMount mount = vault.newMount(2);
        mount.put("one", Map.of("key", "value"));

        vault.stop();
        assertThatThrownBy(() -> get(vault, mount.name() + "/data/one", vault.rootToken()))
                .isInstanceOf(IOException.class);
        vault.resume();

        assertThat(get(vault, mount.name() + "/data/one", vault.rootToken()).body())
                .contains("value");
    }

    @Test
    void refusesEverythingWhileSealed(@Own Vault vault) throws Exception {
        KvMount mount = vault.newMount(1);
        mount.put("one", Map.of("key", "value"));

        vault.seal();
        assertThat(get(vault, mount.path("one"), vault.rootToken()).statusCode())
                .isEqualTo(503);
        vault.resume();
        assertThat(get(vault, mount.path("one"), vault.rootToken()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void leavesNothingRunning() {
        long pid;
        try (Vault vault = Vault.start()) {
            pid = vault.pid();
            assertThat(ProcessHandle.of(pid)).isPresent();
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    private HttpResponse<String> get(Vault vault, String path, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(vault.address() + "/v1/" + path))
                .header("X-Vault-Token", token)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
