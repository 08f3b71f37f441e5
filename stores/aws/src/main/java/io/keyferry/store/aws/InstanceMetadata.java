package io.keyferry.store.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What an EC2 instance knows of its own role, by version 2 of the instance metadata service. */
final class InstanceMetadata {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int LONGEST = 64 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final URI endpoint;

    InstanceMetadata(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** The ARN of the instance profile; empty if this is no instance, or has none. */
    Optional<String> profile() throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            String token = send(
                    http,
                    request("/latest/api/token")
                            .header("X-aws-ec2-metadata-token-ttl-seconds", "60")
                            .PUT(HttpRequest.BodyPublishers.noBody()));
            String info = send(http, request("/latest/meta-data/iam/info").header("X-aws-ec2-metadata-token", token));
            return field(info, "InstanceProfileArn");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path)).timeout(PATIENCE);
    }

    private static String send(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<java.io.InputStream> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8);
        }
    }

    private static Optional<String> field(String document, String name) throws IOException {
        try (JsonParser json = JSON.createParser(document)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals(name)) {
                    return Optional.ofNullable(json.nextTextValue());
                }
            }
        }
        return Optional.empty();
    }
}
