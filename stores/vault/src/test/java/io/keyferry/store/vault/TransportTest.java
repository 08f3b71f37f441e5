package io.keyferry.store.vault;

import static io.keyferry.store.vault.FakeVault.data;
import static io.keyferry.store.vault.FakeVault.errors;
import static io.keyferry.store.vault.FakeVault.says;
import static io.keyferry.store.vault.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportTest {
    private static final String READ = "GET /v1/kv1/a";

    @ParameterizedTest
    @CsvSource({
        "400, INVALID",
        "401, DENIED",
        "403, DENIED",
        "405, INVALID",
        "412, UNAVAILABLE",
        "429, THROTTLED",
        "472, UNAVAILABLE",
        "473, UNAVAILABLE",
        "500, INVALID",
        "501, INVALID",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE"
    })
    void tellsKindsOfFailureByStatus(int status, Kind kind) {
        try (Fixture f = kv1(VaultConfig.defaults())) {
            f.vault.on(READ, errors(status, "x"));
            assertThat(f.failure("kv1/a").kind()).isEqualTo(kind);
            assertThat(f.pauses).isEmpty();
        }
    }

    @Test
    void printsSeveralErrorsOneToALineAndControlCharactersAsSpaces() {
        try (Fixture f = kv1(VaultConfig.defaults())) {
            f.vault.on(READ, errors(400, "one\\u001b[31m", "two").with("X-Vault-Namespace", "team/"));
            assertThat(f.failure("kv1/a").message())
                    .isEqualTo("Error making API request.\n\nNamespace: team/\nURL: GET " + f.vault.url()
                            + "/v1/kv1/a\nCode: 400. Errors:\n\n* one [31m\n* two");
        }
    }

    @Test
    void printsABodyThatIsNotJsonRawAndBounded() {
        try (Fixture f = kv1(VaultConfig.defaults())) {
            f.vault.on(READ, says(502, "<h1>Bad gateway</h1>" + "x".repeat(5000)));
            assertThat(f.failure("kv1/a").message())
                    .startsWith("Error making API request.\n\nURL: GET " + f.vault.url()
                            + "/v1/kv1/a\nCode: 502. Raw Message:\n\n<h1>Bad gateway</h1>xxx")
                    .hasSizeLessThan(1300);
        }
    }

    @ParameterizedTest
    @CsvSource({"7, PT7S", "99999, PT10M", "'Thu, 01 Jan 2026 00:00:30 GMT', PT29.999S", "soon, ", "-3, "})
    void handsOnHowLongTheServerAskedToBeLeftAlone(String header, String wait) {
        try (Fixture f = kv1(VaultConfig.defaults())) {
            f.vault.on(READ, errors(429, "slow down").with("Retry-After", header));
            assertThat(f.failure("kv1/a").retryAfter())
                    .isEqualTo(Optional.ofNullable(wait).map(Duration::parse));
        }
    }

    @Test
    void repeatsWhatMayPassAsOftenAsConfiguredWithLinearJitter() throws Exception {
        try (Fixture f = kv1(Fixture.config(Duration.ofSeconds(5), 2, 1000))) {
            f.vault.onTurns(READ, errors(503, "sealed"), errors(412, "behind"), data("{\"k\":1}"));
            assertThat(json(f.secret("kv1/a"))).isEqualTo("{\"k\":1}");
            assertThat(f.pauses).containsExactly(Duration.ofMillis(1250), Duration.ofMillis(2500));

            f.vault.on(READ, errors(500, "x"));
            assertThat(f.failure("kv1/a").kind()).isEqualTo(Kind.INVALID);
            assertThat(f.vault.count(READ)).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @CsvSource({"400", "403", "501"})
    void doesNotRepeatWhatWillNotPass(int status) {
        try (Fixture f = kv1(Fixture.config(Duration.ofSeconds(5), 2, 1000))) {
            f.vault.on(READ, errors(status, "x"));
            f.failure("kv1/a");
            assertThat(f.vault.count(READ)).isEqualTo(1);
        }
    }

    @Test
    void waitsAsLongAsAskedBeforeRepeatingUnlessThatIsLong() throws Exception {
        try (Fixture f = kv1(Fixture.config(Duration.ofSeconds(5), 1, 1000))) {
            f.vault.onTurns(READ, errors(429, "x").with("Retry-After", "4"), data("{\"k\":1}"));
            f.secret("kv1/a");
            assertThat(f.pauses).containsExactly(Duration.ofSeconds(4));

            f.vault.on(READ, errors(429, "x").with("Retry-After", "30"));
            assertThat(f.failure("kv1/a").retryAfter()).contains(Duration.ofSeconds(30));
            assertThat(f.pauses).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "307"})
    void followsOneRedirectWithToken(int status) throws Exception {
        try (Fixture f = kv1(VaultConfig.defaults());
                FakeVault active = new FakeVault()) {
            f.vault.on(READ, says(status, "").with("Location", active.url() + "/v1/kv1/a"));
            active.on(READ, data("{\"k\":1}"));
            assertThat(json(f.secret("kv1/a"))).isEqualTo("{\"k\":1}");
            assertThat(active.seen.getFirst().header("X-Vault-Token")).isEqualTo("hvs.user-token");
        }
    }

    @Test
    void followsNoSecondRedirectAndNoOddOne() {
        try (Fixture f = kv1(VaultConfig.defaults())) {
            f.vault.on(READ, says(307, "").with("Location", f.vault.url() + "/v1/kv1/a"));
            assertThat(f.failure("kv1/a").kind()).isEqualTo(Kind.INVALID);
            assertThat(f.vault.count(READ)).isEqualTo(2);

            f.vault.on(READ, says(307, "").with("Location", "file:///etc/passwd"));
            assertThat(f.failure("kv1/a").kind()).isEqualTo(Kind.INVALID);
            f.vault.on(READ, says(308, "").with("Location", f.vault.url() + "/v1/kv1/b"));
            assertThat(f.failure("kv1/a").kind()).isEqualTo(Kind.INVALID);
            assertThat(f.vault.count("GET /v1/kv1/b")).isZero();
        }
    }

    @Test
    void refusesABodyAboveTheLimit() throws Exception {
        try (Fixture f = kv1(Fixture.config(Duration.ofSeconds(5), 0, 1000))) {
            f.vault.on(READ, data("{\"k\":\"" + "x".repeat(2000) + "\"}"));
            StoreFailure failure = f.failure("kv1/a");
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure.message())
                    .isEqualTo("Get \"" + f.vault.url() + "/v1/kv1/a\": response body is larger than 1000 bytes");

            f.vault.on(READ, data("{\"k\":1}"));
            assertThat(json(f.secret("kv1/a"))).isEqualTo("{\"k\":1}");
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        try (Fixture f = new Fixture()) {
            f.vault.close();
            String host = f.vault.url().substring("http://".length());
            StoreFailure failure = f.failure("kv1/a");
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.message())
                    .isEqualTo("Get \"http://" + host + "/v1/sys/internal/ui/mounts/kv1/a\": dial tcp " + host
                            + ": connect: connection refused");
        }
    }

    @Test
    void endsARequestThatIsNotAnsweredInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Fixture f = new Fixture(Fixture.config(Duration.ofMillis(300), 0, 1000))) {
            StoreFailure failure =
                    f.failure(access("http://127.0.0.1:" + silent.getLocalPort()), Reference.secret("a"));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.message())
                    .endsWith(": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{', false, UNAVAILABLE, while reading body",
        "'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{', true, UNAVAILABLE, EOF",
        "'', true, UNAVAILABLE, EOF",
        "'SSH-2.0-OpenSSH_9.6\r\n\r\n', true, INVALID, malformed HTTP response"
    })
    void endsAnAnswerThatBreaksOffOrIsNoHttp(String answer, boolean hangUp, Kind kind, String words) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Fixture f = new Fixture(Fixture.config(Duration.ofSeconds(1), 0, 1000))) {
            Thread.ofVirtual().start(() -> answer(server, answer, hangUp));
            StoreFailure failure =
                    f.failure(access("http://127.0.0.1:" + server.getLocalPort()), Reference.secret("a"));
            assertThat(failure.message()).contains(words).doesNotContain("OpenSSH");
            assertThat(failure.kind()).isEqualTo(kind);
        }
    }

    @Test
    void sendsTheNamespaceOfTheAddressOrElseTheDefault() throws Exception {
        VaultConfig d = VaultConfig.defaults();
        VaultConfig config = new VaultConfig(
                d.tls(), d.proxies(), "default-ns", d.requestTimeout(), d.connectTimeout(), 0, 1000, d.refreshBefore());
        try (Fixture f = kv1(config)) {
            f.vault.on(READ, data("{\"k\":1}"));
            f.secret("kv1/a");
            f.store.read(
                    new Access(
                            new StoreAddress("vault", f.vault.url(), Map.of("namespace", "team")),
                            f.token("hvs.user-token").identity()),
                    Reference.secret("kv1/a"));
            assertThat(f.vault.seen)
                    .extracting(seen -> seen.header("X-Vault-Namespace"))
                    .containsExactly("default-ns", "default-ns", "team", "team");
        }
    }

    @Test
    void sendsNoHeaderThatATokenOrNamespaceCouldSplit() {
        try (Fixture f = kv1(VaultConfig.defaults())) {
            StoreFailure token = f.failure(f.token("t\r\nX-Evil: 1"), Reference.secret("kv1/a"));
            assertThat(token.message())
                    .isEqualTo("configured Vault token contains non-printable characters and cannot be used");
            StoreFailure namespace = f.failure(
                    new Access(
                            new StoreAddress("vault", f.vault.url(), Map.of("namespace", "n\nX-Evil: 1")),
                            f.token("t").identity()),
                    Reference.secret("kv1/a"));
            assertThat(namespace.kind()).isEqualTo(Kind.INVALID);
            assertThat(f.vault.seen).isEmpty();
        }
    }

    @Test
    void aPathWithAQuestionMarkStaysAPath() throws Exception {
        try (Fixture f = kv1(VaultConfig.defaults())) {
            f.vault.on("GET /v1/kv1/a%3Flist=true%23x", data("{\"k\":1}"));
            assertThat(json(f.secret("kv1/a?list=true#x"))).isEqualTo("{\"k\":1}");
        }
    }

    private static Fixture kv1(VaultConfig config) {
        Fixture f = new Fixture(config);
        f.vault.mounted("kv1/", 1);
        return f;
    }

    private static Access access(String url) {
        return new Access(new StoreAddress("vault", url), new Identity.Token(SecretValue.utf8("t")));
    }

    /** Answers every connection in turn: the client tries again where a connection ends without any answer. */
    private static void answer(ServerSocket server, String answer, boolean hangUp) {
        try {
            while (true) {
                Socket socket = server.accept();
                if (socket.getInputStream().read(new byte[4096]) > 0) {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    socket.getOutputStream().flush();
                }
                if (hangUp) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }
}
