package io.keyferry.store.vsecm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.settings.SettingsException;
import io.keyferry.engine.store.Following;
import io.keyferry.store.vsecm.spiffe.IdentitySource;
import io.keyferry.store.vsecm.spiffe.SpiffeId;
import io.keyferry.store.vsecm.testing.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VsecmEnvironmentTest {
    private static final String SAFE = "spiffe://%s/workload/vsecm-safe/ns/vsecm-system/sa/vsecm-safe/n/pod";

    @Test
    void hasTheDefaultsOfVsecm() throws Exception {
        VsecmConfig config = VsecmEnvironment.read(Map.of("SPIFFE_TRUST_DOMAIN", ""));
        assertThat(config.identity())
                .isInstanceOfSatisfying(
                        IdentitySource.WorkloadApi.class,
                        api -> assertThat(api.endpoint().text())
                                .isEqualTo("unix:///spire-agent-socket/spire-agent.sock"));
        assertThat(config.safe().matches(SpiffeId.parse(SAFE.formatted("vsecm.com"))))
                .isTrue();
        assertThat(config.safe().matches(SpiffeId.parse(SAFE.formatted("vsecmxcom"))))
                .isFalse();
        assertThat(config.workloadName().capture(SpiffeId.parse(SAFE.formatted("vsecm.com"))))
                .hasValue("vsecm-safe");
        assertThat(config.allowed()).isEmpty();
        assertThat(config.limits().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.limits().requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.limits().maxBodyBytes()).isEqualTo(8 << 20);
        assertThat(config.reuse()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void patternsFollowTheTrustDomain() throws Exception {
        VsecmConfig config = VsecmEnvironment.read(Map.of("SPIFFE_TRUST_DOMAIN", "acme.example"));
        assertThat(config.safe().matches(SpiffeId.parse(SAFE.formatted("acme.example"))))
                .isTrue();
        assertThat(config.safe().matches(SpiffeId.parse(SAFE.formatted("vsecm.com"))))
                .isFalse();
        assertThat(config.workloadName().capture(SpiffeId.parse(SAFE.formatted("acme.example"))))
                .hasValue("vsecm-safe");
    }

    @Test
    void readsWhatIsSet() throws Exception {
        VsecmConfig config = VsecmEnvironment.read(Map.of(
                "KEYFERRY_VSECM_SVID_FILE", "/a",
                "KEYFERRY_VSECM_KEY_FILE", "/b",
                "KEYFERRY_VSECM_BUNDLE_FILE", "/c",
                "KEYFERRY_VSECM_ALLOWED_URLS", " https://A:8443, https://b/x ",
                "KEYFERRY_VSECM_REQUEST_TIMEOUT", "3s",
                "KEYFERRY_VSECM_REUSE", "0"));
        assertThat(config.identity())
                .isEqualTo(new IdentitySource.PemFiles(Path.of("/a"), Path.of("/b"), Path.of("/c")));
        assertThat(config.allowed())
                .containsExactlyInAnyOrder(
                        SafeAddress.parse("https://a:8443/workload/v1/secrets"), SafeAddress.parse("https://b/x"));
        assertThat(config.limits().connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.reuse()).isZero();
    }

    @Test
    void answersServeForAMoment() throws Exception {
        ManualTime time = new ManualTime();
        SafeAddress safe = SafeAddress.parse("https://safe");
        try (VsecmStore store =
                new VsecmStore(VsecmEnvironment.read(Map.of("KEYFERRY_VSECM_REUSE", "1.5s")), time, time)) {
            assertThat(store.following(VsecmStore.access(safe), VsecmStore.everything()))
                    .isEqualTo(new Following.Polled(false, Duration.ofMillis(1500)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SPIFFE_ENDPOINT_SOCKET, unix:relative",
        "SPIFFE_ENDPOINT_SOCKET, unix://host/path",
        "SPIFFE_ENDPOINT_SOCKET, tcp://name:80",
        "SPIFFE_ENDPOINT_SOCKET, /a/path",
        "SPIFFE_TRUST_DOMAIN, VSECM.com",
        "SPIFFE_TRUST_DOMAIN, a/b",
        "VSECM_SPIFFEID_PREFIX_SAFE, spiffe://vsecm.com",
        "VSECM_SPIFFEID_PREFIX_SAFE, ^.*$",
        "VSECM_SPIFFEID_PREFIX_SAFE, ^spiffe://[",
        "VSECM_SPIFFEID_PREFIX_SAFE, ^spiffe://(a+)+$",
        "VSECM_WORKLOAD_NAME_REGEXP, ^spiffe://vsecm.com/workload/x$",
        "KEYFERRY_VSECM_ALLOWED_URLS, http://safe",
        "KEYFERRY_VSECM_CONNECT_TIMEOUT, 0s",
        "KEYFERRY_VSECM_CONNECT_TIMEOUT, banana",
        "KEYFERRY_VSECM_REQUEST_TIMEOUT, -1s",
        "KEYFERRY_VSECM_REUSE, -1s",
        "KEYFERRY_VSECM_REUSE, 2"
    })
    void namesTheVariableThatIsWrong(String variable, String value) {
        assertThatThrownBy(() -> VsecmEnvironment.read(Map.of(variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(variable + ": ");
    }

    @Test
    void filesGoTogether() {
        assertThatThrownBy(() -> VsecmEnvironment.read(Map.of("KEYFERRY_VSECM_SVID_FILE", "/a")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("KEYFERRY_VSECM_KEY_FILE: ");
    }
}
