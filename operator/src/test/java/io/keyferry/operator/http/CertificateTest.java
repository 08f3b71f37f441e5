package io.keyferry.operator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.operator.config.BindAddress;
import io.keyferry.testkit.FreePort;
import io.keyferry.testkit.vsecm.TestAuthority;
import io.keyferry.testkit.vsecm.TestSvid;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
    private static final Duration A_WHILE = Duration.ofSeconds(6);

    private final TestAuthority authority = new TestAuthority("authority");
    private final TestSvid first = authority.issue("spiffe://test/first");
    private final TestSvid second = authority.issue("spiffe://test/second");
    private final AtomicLong nanos = new AtomicLong(1);
    private final BindAddress address = new BindAddress("127.0.0.1", FreePort.next());

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        write(first);
    }

    private void write(TestSvid svid) throws IOException {
        Files.writeString(folder.resolve("tls.crt"), svid.chainPem());
        Files.writeString(folder.resolve("tls.key"), svid.keyPem());
    }

    private Certificate certificate() throws IOException {
        return Certificate.follow(folder, new TimeSource() {
            @Override
            public long nanos() {
                return nanos.get();
            }

            @Override
            public Instant now() {
                return Instant.EPOCH;
            }
        });
    }

    private Endpoints serve() throws IOException {
        Endpoints endpoints = new Endpoints();
        endpoints.secure(address, certificate());
        endpoints.serve(address, "/metrics", () -> new Endpoints.Answer(200, "text/plain", "up 1\n"));
        return endpoints;
    }

    private record Reply(BigInteger serial, String protocol, String text) {}

    private Reply ask() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("it", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(address.host(), address.port())) {
            socket.getOutputStream()
                    .write("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return new Reply(shown.getSerialNumber(), socket.getSession().getProtocol(), text);
        }
    }

    private static BigInteger serial(TestSvid svid) {
        return svid.chain().getFirst().getSerialNumber();
    }

    @Test
    void whatIsServedIsServedOverTls() throws IOException, GeneralSecurityException {
        try (Endpoints _ = serve()) {
            Reply reply = ask();
            assertThat(reply.serial()).isEqualTo(serial(first));
            assertThat(reply.protocol()).isEqualTo("TLSv1.3");
            assertThat(reply.text()).startsWith("HTTP/1.1 200").endsWith("up 1\n");
        }
    }

    @Test
    void aCertificateThatChangesIsFollowed() throws IOException, GeneralSecurityException {
        try (Endpoints _ = serve()) {
            write(second);
            assertThat(ask().serial()).isEqualTo(serial(first));
            nanos.addAndGet(A_WHILE.toNanos());
            assertThat(ask().serial()).isEqualTo(serial(second));
        }
    }

    @Test
    void filesThatMakeNoSenseLeaveTheLastCertificateInUse() throws IOException, GeneralSecurityException {
        try (Endpoints _ = serve()) {
            Files.writeString(folder.resolve("tls.key"), "no key");
            nanos.addAndGet(A_WHILE.toNanos());
            assertThat(ask().serial()).isEqualTo(serial(first));
            Files.delete(folder.resolve("tls.crt"));
            nanos.addAndGet(A_WHILE.toNanos());
            assertThat(ask().serial()).isEqualTo(serial(first));
        }
    }

    @Test
    void withoutAUsableCertificateTheMessageNamesTheFile() throws IOException {
        Files.writeString(folder.resolve("tls.key"), "no key");
        assertThatThrownBy(this::certificate)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tls.key: there is no unencrypted");
        Files.writeString(folder.resolve("tls.crt"), "none");
        assertThatThrownBy(this::certificate).hasMessageContaining("tls.crt: there is no PEM certificate");
        Files.delete(folder.resolve("tls.crt"));
        assertThatThrownBy(this::certificate).hasMessageContaining("tls.crt cannot be read");
    }
}
