package io.keyferry.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Requests to a moto server, which reads the service from the signature and checks nothing of it. */
final class MotoApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI address;

    MotoApi(URI address) {
        this.address = address;
    }

    boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(address.resolve("/moto-api/"))).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    JsonNode request(String service, String prefix, String jsonVersion, String action, Map<String, ?> body) {
        try {
            HttpResponse<byte[]> response = send(HttpRequest.newBuilder(address.resolve("/"))
                    .header("Content-Type", "application/x-amz-json-" + jsonVersion)
                    .header("X-Amz-Target", prefix + "." + action)
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=test/20250101/%s/%s/aws4_request, SignedHeaders=host, Signature=0"
                                    .formatted(Aws.REGION, service))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        "%s: %d %s".formatted(action, response.statusCode(), answer.path("__type")));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
