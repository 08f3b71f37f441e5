package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.settings.SettingsException;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> clients = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpsServer server;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void start() throws Exception {
        TestCertificates certificate = new TestCertificates(folder, "server", "dns:vault.internal,dns:*.wild.internal");
        Files.writeString(folder.resolve("ca.pem"), certificate.certificate());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(wanting(certificate.context()));
        server.createContext("/", exchange -> {
            clients.add(peer((HttpsExchange) exchange));
            byte[] body = "{\"data\":{\"path\":\"kv/\",\"k\":1}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() {
        assertThat(outcome()).startsWith("UNAVAILABLE").contains(": tls: ");
    }

    @Test
    void refusesACertificateForAnotherName() {
        environment.put("VAULT_CACERT", folder.resolve("ca.pem").toString());
        assertThat(outcome()).startsWith("UNAVAILABLE").contains(": tls: ");

        environment.put("VAULT_TLS_SERVER_NAME", "other.internal");
        assertThat(outcome()).startsWith("UNAVAILABLE").contains("not valid for other.internal");
    }

    @Test
    void takesACertificateForTheNamedServer() throws Exception {
        environment.put("VAULT_CACERT_BYTES", Files.readString(folder.resolve("ca.pem")));
        environment.put("VAULT_TLS_SERVER_NAME", "vault.internal");
        assertThat(outcome()).isEqualTo("read");

        environment.put("VAULT_TLS_SERVER_NAME", "any.wild.internal");
        assertThat(outcome()).isEqualTo("read");

        environment.put("VAULT_TLS_SERVER_NAME", "a.b.wild.internal");
        assertThat(outcome()).startsWith("UNAVAILABLE");
    }

    @Test
    void checksTheAuthorityOfANamedServerToo() {
        environment.put("VAULT_TLS_SERVER_NAME", "vault.internal");
        assertThat(outcome()).startsWith("UNAVAILABLE");
    }

    @Test
    void takesAnyCertificateWhereVerificationIsSkipped() {
        environment.put("VAULT_SKIP_VERIFY", "true");
        assertThat(outcome()).isEqualTo("read");
    }

    @Test
    void findsAuthoritiesInAFolder() throws Exception {
        Path authorities = folder.resolve("authorities");
        Path below = Files.createDirectories(authorities.resolve("below"));
        Files.copy(folder.resolve("ca.pem"), below.resolve("ca.pem"));
        environment.put("VAULT_CAPATH", authorities.toString());
        environment.put("VAULT_TLS_SERVER_NAME", "vault.internal");
        assertThat(outcome()).isEqualTo("read");
    }

    @Test
    void showsItsClientCertificate() throws Exception {
        TestCertificates client = new TestCertificates(folder, "keyferry", "dns:keyferry");
        environment.put("VAULT_SKIP_VERIFY", "1");
        environment.put(
                "VAULT_CLIENT_CERT",
                Files.writeString(folder.resolve("c.pem"), client.certificate()).toString());
        environment.put(
                "VAULT_CLIENT_KEY",
                Files.writeString(folder.resolve("k.pem"), client.key()).toString());

        assertThat(outcome()).isEqualTo("read");
        assertThat(clients).contains("CN=keyferry");
    }

    private String outcome() {
        try (Fixture f = new Fixture(VaultEnvironment.read(environment))) {
            String url = "https://127.0.0.1:" + server.getAddress().getPort();
            Access access = new Access(new StoreAddress("vault", url), new Identity.Token(SecretValue.utf8("t")));
            f.store.read(access, Reference.secret("kv/a"));
            return "read";
        } catch (StoreException e) {
            assertThat(e.failure().kind()).isIn(Kind.UNAVAILABLE, Kind.INVALID);
            return e.failure().kind() + " " + e.failure().message();
        } catch (SettingsException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpsConfigurator wanting(SSLContext context) {
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setWantClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        };
    }

    private static String peer(HttpsExchange exchange) {
        try {
            Principal principal = exchange.getSSLSession().getPeerPrincipal();
            return principal.getName();
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }
}
