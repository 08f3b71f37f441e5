package io.keyferry.store.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What an EC2 instance knows of its own role, by version 2 of the instance metadata service. */
final class InstanceMetadata {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int LONGEST = 64 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final URI endpoint;

    InstanceMetadata(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** The ARN of the instance profile; empty if this is no instance, or has none. Takes two seconds at most. */
    Optional<String> profile() throws InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(PATIENCE)
                .build();
        try {
            String token = send(
                    http,
                    request("/latest/api/token")
                            .header("X-aws-ec2-metadata-token-ttl-seconds", "60")
                            .PUT(HttpRequest.BodyPublishers.noBody()));
            String info = send(http, request("/latest/meta-data/iam/info").header("X-aws-ec2-metadata-token", token));
            return field(info, "InstanceProfileArn");
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            http.shutdownNow();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path));
    }

    private static String send(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            HttpResponse<String> response = http.sendAsync(
                            request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
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
