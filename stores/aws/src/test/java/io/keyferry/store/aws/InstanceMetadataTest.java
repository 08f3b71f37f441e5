package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance tells its profile by version 2 of its metadata service; whatever else answers tells nothing. */
@Timeout(20)
class InstanceMetadataTest {
    private static final String ARN = "arn:aws:iam::1:instance-profile/node";

    private static Optional<String> profile(FakeInstance instance) throws InterruptedException {
        return new InstanceMetadata(instance.address()).profile();
    }

    @Test
    void theProfileIsToldToWhoBringsAToken() throws Exception {
        try (FakeInstance instance = FakeInstance.withProfile(ARN)) {
            assertThat(profile(instance)).contains(ARN);
            assertThat(instance.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "<html>",
                "{\"Code\":\"Success\"}",
                "{\"InstanceProfileArn\":null}",
                "{\"InstanceProfileArn\":{}}",
                "{\"InstanceProfileArn\""
            })
    void anInstanceWithoutAProfileTellsNone(String info) throws Exception {
        try (FakeInstance instance = FakeInstance.with(FakeInstance.text(200, info))) {
            assertThat(profile(instance)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500})
    void whatIsNotAnsweredIsNotTold(int status) throws Exception {
        try (FakeInstance instance = FakeInstance.with(FakeInstance.text(status, "{\"InstanceProfileArn\":\"x\"}"))) {
            assertThat(profile(instance)).isEmpty();
        }
        try (FakeInstance instance = FakeInstance.withToken(FakeInstance.text(status, "the-token"))) {
            assertThat(profile(instance)).isEmpty();
        }
    }

    @Test
    void aTokenThatIsNoneIsNotSent() throws Exception {
        try (FakeInstance instance = FakeInstance.withToken(FakeInstance.text(200, "<html>\r\n</html>"))) {
            assertThat(profile(instance)).isEmpty();
            assertThat(instance.requests()).isEqualTo(1);
        }
    }

    @Test
    void nobodyThereIsNoInstance() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(new InstanceMetadata(URI.create("http://127.0.0.1:" + port)).profile())
                .isEmpty();
    }

    @Test
    void aServerThatHangsIsNotWaitedFor() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpHandler silent = exchange -> await(over);
        HttpHandler halfway = exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(over);
        };
        for (HttpHandler handler : new HttpHandler[] {silent, halfway}) {
            try (FakeInstance instance = FakeInstance.with(handler)) {
                assertEndsSoon(instance);
            }
        }
        try (FakeInstance instance = FakeInstance.withToken(silent)) {
            assertEndsSoon(instance);
        }
        over.countDown();
    }

    private static void assertEndsSoon(FakeInstance instance) throws InterruptedException {
        long start = System.nanoTime();
        assertThat(profile(instance)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerWithoutAnEndIsNotReadToTheEnd() throws Exception {
        HttpHandler endless = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            while (true) {
                exchange.getResponseBody().write(blanks);
            }
        };
        try (FakeInstance instance = FakeInstance.with(endless)) {
            assertEndsSoon(instance);
        }
        try (FakeInstance instance = FakeInstance.withToken(endless)) {
            assertEndsSoon(instance);
        }
    }
}
