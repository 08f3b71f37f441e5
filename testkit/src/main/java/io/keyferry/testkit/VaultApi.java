package io.keyferry.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The least that administering a Vault over HTTP takes. */
final class VaultApi {
    /** What {@link #health()} tells of an unsealed server. */
    static final int ACTIVE = 200;
    /** What {@link #health()} tells when nobody answers. */
    static final int UNREACHABLE = 0;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI address;
    private final String token;

    VaultApi(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /**
     * Sends a request and takes any status below 300 for success.
     *
     * @param path below {@code /v1/}
     * @param body becomes JSON; an empty map is no body
     * @return the response's JSON, or a missing node where there is none
     * @throws VaultRefusal for any other status
     */
    JsonNode request(String method, String path, Map<String, ?> body) {
        try {
            HttpRequest.BodyPublisher content = body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
            HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/v1/" + path))
                    .timeout(Duration.ofSeconds(30))
                    .method(method, content);
            if (!token.isEmpty()) {
                request.header("X-Vault-Token", token);
            }
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw new VaultRefusal(method, path, response.statusCode());
            }
            return response.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The status of {@code sys/health}, or {@link #UNREACHABLE}. */
    int health() {
        try {
            request("GET", "sys/health", Map.of());
            return ACTIVE;
        } catch (VaultRefusal e) {
            return e.status();
        } catch (UncheckedIOException e) {
            return UNREACHABLE;
        }
    }
}
