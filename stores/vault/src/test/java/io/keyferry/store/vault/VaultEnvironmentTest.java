package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.settings.SettingsException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultEnvironmentTest {
    @Test
    void anEmptyEnvironmentGivesTheDefaults() throws Exception {
        VaultConfig config = VaultEnvironment.read(Map.of());

        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.maxRetries()).isZero();
        assertThat(config.refreshBefore()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.tls()).isEmpty();
        assertThat(config.namespace()).isEmpty();
    }

    @Test
    void readsTheOperatorsOwnVariablesWhateverTheirCase() throws Exception {
        VaultConfig config = VaultEnvironment.read(Map.of(
                "client_timeout",
                "1.5s",
                "CLIENT_MAX_RETRIES",
                "3",
                "Refresh_Token_Before",
                "1h30m",
                "VAULT_NAMESPACE",
                "team"));

        assertThat(config.requestTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.maxRetries()).isEqualTo(3);
        assertThat(config.refreshBefore()).isEqualTo(Duration.ofMinutes(90));
        assertThat(config.namespace()).isEqualTo("team");
    }

    @Test
    void theGoClientsOwnTimeoutAndRetriesHaveNoEffect() throws Exception {
        VaultConfig config = VaultEnvironment.read(Map.of(
                "VAULT_CLIENT_TIMEOUT",
                "1",
                "VAULT_MAX_RETRIES",
                "9",
                "VAULT_RATE_LIMIT",
                "x",
                "VAULT_AGENT_ADDR",
                "x"));

        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.maxRetries()).isZero();
    }

    @Test
    void aTimeoutOfZeroStillEndsRequests() throws Exception {
        assertThat(VaultEnvironment.read(Map.of("CLIENT_TIMEOUT", "0")).requestTimeout())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT_TIMEOUT, 60",
        "CLIENT_TIMEOUT, ''",
        "CLIENT_TIMEOUT, 1d",
        "REFRESH_TOKEN_BEFORE, soon",
        "CLIENT_MAX_RETRIES, many",
        "VAULT_SKIP_VERIFY, perhaps",
        "VAULT_CACERT, /does/not/exist",
        "VAULT_CAPATH, /does/not/exist",
        "VAULT_CACERT_BYTES, no certificate",
        "VAULT_PROXY_ADDR, socks5://proxy:1080",
        "VAULT_PROXY_ADDR, http://user:hunter2@proxy:3128",
        "HTTPS_PROXY, 'http://a b'"
    })
    void namesTheVariableThatDoesNotHoldWhatItShould(String variable, String value) {
        assertThatThrownBy(() -> VaultEnvironment.read(Map.of(variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(variable + ": ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aClientCertificateNeedsItsKey(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(folder.resolve("c.pem"), new TestCertificates(folder, "c", "dns:c").certificate());

        assertThatThrownBy(() -> VaultEnvironment.read(Map.of("VAULT_CLIENT_CERT", file.toString())))
                .hasMessage("VAULT_CLIENT_KEY: both client cert and client key must be provided");
        assertThatThrownBy(() -> VaultEnvironment.read(
                        Map.of("VAULT_CLIENT_CERT", file.toString(), "VAULT_CLIENT_KEY", file.toString())))
                .hasMessageStartingWith("VAULT_CLIENT_KEY: ");
    }

    @ParameterizedTest
    @CsvSource({
        "http://vault:8200, web:3128",
        "https://vault, secure:80",
        "https://127.0.0.1:8200, ",
        "http://localhost:8200, ",
        "http://[::1]:8200, ",
        "https://a.example.com, ",
        "https://example.com, ",
        "https://badexample.com, secure:80",
        "https://sub.other.com, ",
        "https://other.com, secure:80",
        "https://10.1.2.3, ",
        "https://11.1.2.3, secure:80",
        "https://ported:8200, ",
        "https://ported:8201, secure:80"
    })
    void choosesTheProxyAsGoDoes(String url, String proxy) throws Exception {
        VaultConfig config = VaultEnvironment.read(Map.of(
                "HTTP_PROXY", "http://web:3128",
                "https_proxy", "secure",
                "NO_PROXY", "example.com, .other.com,10.0.0.0/8,ported:8200"));

        assertThat(proxy(config, url)).isEqualTo(proxy);
    }

    @Test
    void vaultsOwnProxyServesEveryAddressAndTheNewerNameWins() throws Exception {
        Map<String, String> both = Map.of("VAULT_HTTP_PROXY", "http://old:1", "VAULT_PROXY_ADDR", "http://new:2");

        assertThat(proxy(VaultEnvironment.read(both), "http://127.0.0.1:8200")).isEqualTo("new:2");
        assertThat(proxy(VaultEnvironment.read(Map.of("VAULT_HTTP_PROXY", "http://old:1")), "https://v"))
                .isEqualTo("old:1");
    }

    private static @Nullable String proxy(VaultConfig config, String url) {
        Proxy proxy = config.proxies().select(URI.create(url)).getFirst();
        return proxy.address() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : null;
    }
}
