package io.keyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private final List<String> served = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String header = exchange.getRequestHeaders().getFirst("X-Kept");
            served.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + header + " " + body);
            byte[] answer = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Answer", "yes");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(201, head ? -1 : answer.length);
            if (!head) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
        proxy = FaultProxy.before(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        proxy.close();
        server.stop(0);
    }

    @Test
    void cutsAConversationBeforeOrAfterTheServerHasGotTheRequest() {
        List<String> seen = new CopyOnWriteArrayList<>();
        proxy.inject(
                request -> request.path().equals("/before"),
                Fault.cutBefore(() -> seen.add("before " + served.size())),
                1);
        proxy.inject(
                request -> request.path().equals("/after"),
                Fault.cutAfter(() -> seen.add("after " + served.size())),
                1);
        for (String path : List.of("/before", "/after")) {
            assertThatThrownBy(() -> http.send(
                            request(path)
                                    .POST(HttpRequest.BodyPublishers.ofString("b"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
        assertThat(seen).containsExactly("before 0", "after 1");
        assertThat(served).containsExactly("POST /after null b");
    }

    @Test
    void passesRequestsAndResponsesOnAndRecordsThem() throws Exception {
        HttpResponse<String> response = http.send(
                request("/a/b?c=d")
                        .header("X-Kept", "kept")
                        .method("PUT", HttpRequest.BodyPublishers.ofString("body"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().firstValue("x-answer")).contains("yes");
        assertThat(served).containsExactly("PUT /a/b?c=d kept body");
        assertThat(proxy.requests()).singleElement().satisfies(recorded -> {
            assertThat(recorded.method()).isEqualTo("PUT");
            assertThat(recorded.target()).isEqualTo("/a/b?c=d");
            assertThat(recorded.path()).isEqualTo("/a/b");
            assertThat(recorded.headerNames()).contains("x-kept");
            assertThat(recorded.time()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        });
    }

    @Test
    void servesAsAForwardProxyToo() throws Exception {
        URI itself = URI.create(proxy.address());
        try (HttpClient proxied = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(itself.getHost(), itself.getPort())))
                .build()) {
            URI wanted = URI.create("http://server.example:81/a?b=c");
            HttpResponse<String> response =
                    proxied.send(HttpRequest.newBuilder(wanted).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("hello");
        }
        assertThat(served).singleElement().asString().startsWith("GET /a?b=c ");
        assertThat(proxy.requests())
                .extracting(RecordedRequest::target)
                .containsExactly("http://server.example:81/a?b=c");
    }

    @Test
    void passesBodiesOfUnknownLengthAndAnswersWithout() throws Exception {
        http.send(
                request("/chunked")
                        .POST(HttpRequest.BodyPublishers.fromPublisher(
                                HttpRequest.BodyPublishers.ofString("in chunks")))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> head = http.send(
                request("/head")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(201);
        assertThat(served).containsExactly("POST /chunked null in chunks", "HEAD /head null ");
    }

    @Test
    void countsByPathAndForgets() throws Exception {
        get("/v1/a");
        get("/v1/a/b");
        get("/v1/c");

        assertThat(proxy.count("/v1/a")).isEqualTo(2);
        proxy.forget();
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void faultsConcernOnlyTheirPathAndEndWithHealing() throws Exception {
        proxy.inject("/bad", Fault.status(500));

        assertThat(get("/bad/path").statusCode()).isEqualTo(500);
        assertThat(get("/good").statusCode()).isEqualTo(201);
        proxy.heal();
        assertThat(get("/bad/path").statusCode()).isEqualTo(201);
    }

    @Test
    void aFaultCanConcernTheNextFewRequestsOnly() throws Exception {
        proxy.inject(request -> request.method().equals("GET"), Fault.status(503), 2);

        assertThat(List.of(get("/").statusCode(), get("/").statusCode(), get("/").statusCode()))
                .containsExactly(503, 503, 201);
    }

    @Test
    void answersTooManyRequestsWithRetryAfter() throws Exception {
        proxy.inject("/", Fault.tooManyRequests(Duration.ofSeconds(7)));

        HttpResponse<String> response = get("/");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("7");
        assertThat(served).isEmpty();
    }

    @Test
    void hangsUntilHealed() throws Exception {
        proxy.inject("/", Fault.hang());

        assertThatThrownBy(() -> http.send(
                        request("/").timeout(Duration.ofMillis(300)).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        try (Socket hanging = send("GET / HTTP/1.1\r\n\r\n")) {
            Awaitility.await().until(() -> proxy.requests().size() == 2);
            assertThat(hanging.getInputStream().available()).isZero();
            proxy.heal();
            assertThat(hanging.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(served).isEmpty();
        assertThat(get("/").statusCode()).isEqualTo(201);
    }

    @Test
    void answersLate() throws Exception {
        proxy.inject("/", Fault.slow(Duration.ofMillis(300)));

        Instant start = Instant.now();
        assertThat(get("/").body()).isEqualTo("hello");
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void answersByteByByte() throws Exception {
        proxy.inject("/", Fault.trickle(Duration.ofMillis(3)));

        Instant start = Instant.now();
        assertThat(get("/").body()).isEqualTo("hello");
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void resetsTheConnection() throws Exception {
        proxy.inject("/", Fault.reset());

        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(proxy.address()).getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(served).isEmpty();
    }

    @Test
    void answersGarbage() throws Exception {
        proxy.inject("/", Fault.garbage());

        HttpResponse<String> response = get("/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("<html>");
    }

    @Test
    void answersHugeBodies() throws Exception {
        proxy.inject("/", Fault.huge(10_000_001));

        HttpResponse<byte[]> response = http.send(request("/").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.body()).hasSize(10_000_001).startsWith('"', 'x').endsWith('x');
    }

    @Test
    void refusesConnectionsUntilHealed() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(201);
        proxy.refuse();

        assertThatThrownBy(() -> get("/")).isInstanceOf(ConnectException.class);
        proxy.heal();
        assertThat(get("/").statusCode()).isEqualTo(201);
    }

    @Test
    void resetsTheClientWhenNobodyIsBehind() throws Exception {
        server.stop(0);

        try (Socket socket = send("GET / HTTP/1.1\r\n\r\n")) {
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(proxy.address()).getPort());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(proxy.address() + path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }
}
