package io.keyferry.store.vsecm;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.store.vsecm.testing.Fixture;
import io.keyferry.testkit.vsecm.StandInSafe;
import io.keyferry.testkit.vsecm.TestAuthority;
import io.keyferry.testkit.vsecm.TestSvid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is spoken to. In none of these cases a request reaches the server. */
class TrustTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Fixture f;

    @BeforeEach
    void start() {
        f = new Fixture(folder);
    }

    @AfterEach
    void stop() {
        assertThat(f.safe.requests()).isEmpty();
        f.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://vsecm.com/workload/billing/ns/default/sa/billing/n/pod",
                "spiffe://vsecm.com/workload/vsecm-safe/ns/default/sa/vsecm-safe/n/any",
                "spiffe://vsecm.com/workload/vsecm-safe/ns/vsecm-system/sa/vsecm-safe/n/any/more",
                "spiffe://vsecm.com/workload/vsecm-sentinel/ns/vsecm-system/sa/vsecm-sentinel/n/any"
            })
    void refusesAnotherIdOfTheSameTrustDomain(String id) {
        f.safe.present(f.authority.issue(id, from(), until()));
        assertUntrusted("which is not who is meant");
    }

    @Test
    void refusesTheRightIdFromAForeignAuthority() {
        TestSvid foreign = new TestAuthority("authority").issue(StandInSafe.ID, from(), until());
        f.safe.present(foreign);
        assertUntrusted("does not lead to the trust bundle");
        f.safe.present(foreign.trusting(f.authority.certificate()));
        assertUntrusted("does not lead to the trust bundle");
    }

    @Test
    void refusesATrustDomainWithoutBundle() {
        f.safe.present(f.authority.issue(StandInSafe.ID.replace("vsecm.com", "other.com"), from(), until()));
        assertUntrusted("no trust bundle for the server's trust domain other.com");
    }

    @Test
    void refusesACertificateThatHasExpired() {
        f.safe.present(f.authority.issue(StandInSafe.ID, from(), f.time.now().minusSeconds(1)));
        assertUntrusted("EXPIRED");
    }

    @Test
    void refusesACertificateWithTwoIdsOrNone() {
        f.safe.present(f.authority.issue(StandInSafe.ID, from(), until(), List.of(StandInSafe.ID, Fixture.OPERATOR)));
        assertUntrusted("2 URIs");
        f.safe.present(f.authority.issue(StandInSafe.ID, from(), until(), List.of("https://vsecm.com/x")));
        assertUntrusted("spiffe://");
    }

    @Test
    void takesAnotherIdWhereThePatternSaysSo() {
        f.close();
        try (Fixture g =
                new Fixture(folder, Map.of("VSECM_SPIFFEID_PREFIX_SAFE", "spiffe://vsecm.com/workload/my-safe/"))) {
            g.safe.put("vsecm-operator", "{}");
            assertThat(g.outcome()).isEqualTo("PeerUntrusted");
            g.safe.present(g.authority.issue(
                    "spiffe://vsecm.com/workload/my-safe/ns/x/sa/y/n/z",
                    g.time.now().minusSeconds(60),
                    g.time.now().plus(Duration.ofDays(1))));
            assertThat(g.outcome()).isEqualTo("read");
        }
    }

    @Test
    void saysThatTheServerRejectsTheIdentity() {
        f.issue("spiffe://vsecm.com/not-a-workload");
        for (int i = 0; i < 20; i++) {
            StoreFailure failure = f.failure();
            assertThat(failure.reason()).isEqualTo("IdentityRejected");
            assertThat(failure.kind()).isEqualTo(Kind.DENIED);
            assertThat(failure.phase()).isEqualTo(Phase.AUTHENTICATE);
            assertThat(failure.message())
                    .startsWith(f.safe.address() + "/workload/v1/secrets: ")
                    .contains("alert");
        }
    }

    @Test
    void speaksNothingOlderThanTls13() {
        f.safe.speakOldTls();
        assertThat(f.outcome()).isEqualTo("IdentityRejected");
    }

    @Test
    void aServerWithoutTlsIsNotReady() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The client went.
                }
            });
            assertThat(f.failure("https://127.0.0.1:" + server.getLocalPort()).reason())
                    .isEqualTo("NotReady");
        }
    }

    private void assertUntrusted(String words) {
        StoreFailure failure = f.failure();
        assertThat(failure.reason()).isEqualTo("PeerUntrusted");
        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.phase()).isEqualTo(Phase.AUTHENTICATE);
        assertThat(failure.message()).contains(words).contains("nothing was sent");
    }

    private Instant from() {
        return f.time.now().minusSeconds(3600);
    }

    private Instant until() {
        return f.time.now().plus(Duration.ofDays(1));
    }
}
