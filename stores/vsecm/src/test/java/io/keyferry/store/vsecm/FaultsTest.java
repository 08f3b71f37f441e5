package io.keyferry.store.vsecm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.store.vsecm.testing.Fixture;
import io.keyferry.store.vsecm.testing.RawSafe;
import io.keyferry.testkit.vsecm.FakeWorkloadApi;
import io.keyferry.testkit.vsecm.StandInSafe;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are who they should be, but do what they should not. */
class FaultsTest {
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
        f.close();
    }

    @Test
    void aSafeThatHangsOrTricklesIsNotReady() {
        try (Fixture impatient = new Fixture(
                folder,
                FakeWorkloadApi.start(folder.resolve("b.sock")),
                Map.of("KEYFERRY_VSECM_REQUEST_TIMEOUT", "1500ms"))) {
            impatient.issue(Fixture.OPERATOR);
            impatient.safe.hang();
            StoreFailure failure = impatient.failure();
            assertThat(failure.reason()).isEqualTo("NotReady");
            assertThat(failure.message()).endsWith("no answer within 1500 ms");
            impatient.safe.heal();

            impatient.safe.trickle();
            assertThat(impatient.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
            impatient.safe.heal();
            await().atMost(10, SECONDS).until(() -> impatient.safe.openConnections() == 0);
        }
    }

    @Test
    void aSafeThatResetsIsNotReady() {
        f.safe.reset();
        assertThat(f.failure().reason()).isEqualTo("NotReady");
        f.safe.heal();
        f.safe.put("vsecm-operator", "{}");
        assertThat(f.outcome()).isEqualTo("read");
    }

    @Test
    void aSafeThatIsNotThereIsNotReady() {
        URI address = f.safe.address();
        f.safe.close();
        assertThat(f.failure(address.toString()).reason()).isEqualTo("NotReady");
        assertThat(f.failure(address.toString()).message()).endsWith("connection refused");
        assertThat(f.failure("https://safe.invalid/").reason()).isEqualTo("NotReady");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        f.safe.answer(200, "{\"k\":\"" + "x".repeat((8 << 20) - 7) + "\"}");
        StoreFailure failure = f.failure();
        assertThat(failure.reason()).isEqualTo("Malformed");
        assertThat(failure.message()).endsWith("larger than 8388608 bytes");
        f.safe.answer(200, "{\"k\":\"" + "x".repeat(8 << 20) + "\"}");
        assertThat(f.failure().message()).endsWith("larger than 8388608 bytes");
        f.safe.answer(200, "{\"k\":\"" + "x".repeat((8 << 20) - 8) + "\"}");
        assertThat(f.outcome()).as("8 MiB").isEqualTo("read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "hunter2\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nhunter2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: hunter2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: hunter2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/hunter2\r\nContent-Length: 0\r\n\r\n"
            })
    void garbageIsMalformedAndNotQuoted(String answer) {
        // What is not even a line of HTTP breaks off before it can be told from one.
        String reason = answer.equals("hunter2") ? "NotReady" : "Malformed";
        try (RawSafe raw = raw(answer)) {
            StoreFailure failure = f.failure(raw.url());
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.toString()).doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
                "HTTP/1.1 200 OK\r\nContent-"
            })
    void anAnswerThatBreaksOffIsNotReady(String answer) {
        try (RawSafe raw = raw(answer)) {
            assertThat(f.failure(raw.url()).reason()).isEqualTo("NotReady");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\n{\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.0 200 OK\nX: y\n\n{}"
            })
    void readsEveryFormOfABody(String answer) throws Exception {
        try (RawSafe raw = raw(answer)) {
            assertThat(f.ask(raw.url()))
                    .isInstanceOfSatisfying(
                            Reading.Found.class,
                            found -> assertThat(found.value().utf8()).isEqualTo("{}"));
        }
    }

    @Test
    void asksOnceWithTls13AndTellsLittle() {
        try (RawSafe raw = raw("HTTP/1.1 301 Moved\r\nLocation: /workload/v1/secrets\r\nContent-Length: 0\r\n\r\n")) {
            StoreFailure failure = f.failure(raw.url() + "/x");
            assertThat(failure.message()).contains("status 301").contains("redirects are not followed");
            assertThat(raw.seen())
                    .containsExactly("TLSv1.3 GET /x HTTP/1.1\r\nHost: %s\r\n"
                                    .formatted(raw.url().substring("https://".length()))
                            + "User-Agent: keyferry\r\nAccept: */*\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void aProxyOfThePlatformIsNotUsed() {
        System.setProperty("socksProxyHost", "proxy.invalid");
        try {
            f.safe.put("vsecm-operator", "{}");
            assertThat(f.outcome()).isEqualTo("read");
        } finally {
            System.clearProperty("socksProxyHost");
        }
    }

    @Test
    void anInterruptEndsTheRequestAndItsConnection() throws Exception {
        f.safe.hang();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                fail("read " + f.store.read(access(), VsecmStore.everything()));
            } catch (InterruptedException e) {
                interrupted.set(true);
            } catch (StoreException e) {
                // Seen by the flag.
            }
        });
        await().atMost(10, SECONDS).until(() -> f.safe.requests().size() == 1);
        reader.interrupt();
        reader.join();
        assertThat(interrupted).isTrue();
        f.safe.heal();
        await().atMost(10, SECONDS).until(() -> f.safe.openConnections() == 0);
    }

    private Access access() {
        return VsecmStore.access(SafeAddress.parse(f.safe.address().toString()));
    }

    private RawSafe raw(String answer) {
        return new RawSafe(
                f.authority.issue(
                        StandInSafe.ID,
                        f.time.now().minusSeconds(60),
                        f.time.now().plusSeconds(3600)),
                answer.getBytes(US_ASCII));
    }
}
