package io.keyferry.store.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The metadata service of an instance. It answers only who brings the token that it gave. */
final class FakeInstance implements AutoCloseable {
    private static final String TOKEN = "the-token";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();

    private FakeInstance(HttpHandler token, HttpHandler info) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/latest/api/token", counted("PUT", "X-aws-ec2-metadata-token-ttl-seconds", "60", token));
        server.createContext("/latest/meta-data/iam/info", counted("GET", "X-aws-ec2-metadata-token", TOKEN, info));
        server.start();
    }

    static FakeInstance withProfile(String arn) throws IOException {
        return with(text(200, "{\"Code\":\"Success\",\"InstanceProfileArn\":\"%s\"}".formatted(arn)));
    }

    /** One that gives tokens. */
    static FakeInstance with(HttpHandler info) throws IOException {
        return new FakeInstance(text(200, TOKEN), info);
    }

    static FakeInstance withToken(HttpHandler token) throws IOException {
        return new FakeInstance(token, text(500, ""));
    }

    static HttpHandler text(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private HttpHandler counted(String method, String header, String value, HttpHandler handler) {
        return exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                if (isAsked(exchange, method, header, value)) {
                    handler.handle(exchange);
                } else {
                    exchange.sendResponseHeaders(401, -1);
                }
            }
        };
    }

    private static boolean isAsked(HttpExchange exchange, String method, String header, String value) {
        return exchange.getRequestMethod().equals(method)
                && List.of(value).equals(exchange.getRequestHeaders().get(header));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
