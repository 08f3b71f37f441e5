package io.keyferry.testkit;

import io.keyferry.testkit.IncomingRequest.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** The server behind a proxy: takes a request as it was read, and gives the response as bytes to send. */
final class Upstream implements AutoCloseable {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Upstream(URI address) {
        this.address = address;
    }

    byte[] pass(IncomingRequest request) throws IOException {
        HttpRequest.Builder passed = HttpRequest.newBuilder(URI.create(address + local(request.target())))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        for (Header header : request.headers()) {
            if (!HOP_BY_HOP.contains(header.name())) {
                passed.header(header.name(), header.value());
            }
        }
        try {
            return bytes(request, http.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A client that takes this for a forward proxy names the server it wants; it gets the one that is there. */
    private static String local(String target) {
        return target.startsWith("http://") ? target.substring(target.indexOf('/', "http://".length())) : target;
    }

    private static byte[] bytes(IncomingRequest request, HttpResponse<byte[]> response) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.statusCode() + " Passed\r\n");
        response.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name)) {
                values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n"));
            }
        });
        String length = request.method().equals("HEAD")
                ? response.headers().firstValue("content-length").orElse("0")
                : Integer.toString(response.body().length);
        head.append("content-length: ").append(length).append("\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.write(response.body());
        return all.toByteArray();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
