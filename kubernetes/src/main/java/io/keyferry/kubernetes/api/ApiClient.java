package io.keyferry.kubernetes.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request, one answer, as JSON trees: for the few requests made thousands of times, where the typed client's way of
 * many copies shows. Shares connections, credentials and TLS with the typed client.
 */
public final class ApiClient {
    private static final int TIMEOUT_SECONDS = 30;
    private static final int LONGEST_REFUSAL = 64 << 10;
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String APPLY_PATCH = "application/apply-patch+yaml";

    private static final TokenFilter NO_MANAGED_FIELDS = new TokenFilter() {
        @Override
        public @Nullable TokenFilter includeProperty(String name) {
            return name.equals("managedFields") ? null : this;
        }
    };

    private final HttpClient http;
    private final URI server;
    private final ObjectMapper mapper = JsonMappers.plain();

    public ApiClient(KubernetesClient client) {
        this.http = client.getHttpClient();
        this.server = URI.create(client.getMasterUrl().toString());
    }

    /** An empty object to fill and send. */
    public ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** Any Jackson-readable value as a tree. */
    public JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    /** Takes from an answer what is wanted, without making a tree of it. */
    public interface Extract<T> {
        /** @param json stands before the first token */
        T from(JsonParser json) throws IOException;
    }

    /** @throws ApiException if there is no such object, or the API server says no */
    public <T> T get(String path, Extract<T> extract) throws ApiException, InterruptedException {
        return extract(exchange(http.newHttpRequestBuilder().uri(server.resolve(path))), extract);
    }

    /** Creates {@code body} in the collection at {@code path}. */
    public <T> T post(String path, JsonNode body, Extract<T> extract) throws ApiException, InterruptedException {
        return extract(
                exchange(http.newHttpRequestBuilder().uri(server.resolve(path)).post(JSON, text(body))), extract);
    }

    /** Applies {@code patch} to the object at {@code path} as a JSON merge patch (RFC 7386). */
    public <T> T patch(String path, JsonNode patch, Extract<T> extract) throws ApiException, InterruptedException {
        return extract(
                exchange(http.newHttpRequestBuilder()
                        .uri(server.resolve(path))
                        .method("PATCH", MERGE_PATCH, text(patch))),
                extract);
    }

    /**
     * Makes {@code body}, a whole object, what its field manager wants of the object at {@code path}: server-side apply.
     *
     * @param path with the field manager in its query
     */
    public <T> T apply(String path, JsonNode body, Extract<T> extract) throws ApiException, InterruptedException {
        return extract(
                exchange(http.newHttpRequestBuilder()
                        .uri(server.resolve(path))
                        .method("PATCH", APPLY_PATCH, text(body))),
                extract);
    }

    /** Deletes the object at {@code path} as {@code options}, of kind {@code DeleteOptions}, say. */
    public void delete(String path, JsonNode options) throws ApiException, InterruptedException {
        HttpResponse<byte[]> _ =
                exchange(http.newHttpRequestBuilder().uri(server.resolve(path)).method("DELETE", JSON, text(options)));
    }

    /** Replaces the object at {@code path}; whatever {@code body} does not hold is lost. */
    public <T> T put(String path, JsonNode body, Extract<T> extract) throws ApiException, InterruptedException {
        return extract(
                exchange(http.newHttpRequestBuilder().uri(server.resolve(path)).put(JSON, text(body))), extract);
    }

    /** @throws ApiException if there is no such object, or the API server says no */
    public JsonNode get(String path) throws ApiException, InterruptedException {
        return send(http.newHttpRequestBuilder().uri(server.resolve(path)));
    }

    /** What time the API server says it is, in whole seconds; empty if it does not say. */
    public Optional<Instant> clock() throws ApiException, InterruptedException {
        String told = exchange(http.newHttpRequestBuilder().uri(server.resolve("/version")))
                .header("Date");
        try {
            return Optional.ofNullable(told)
                    .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Text that is no JSON, such as a container's log. */
    public String text(String path) throws ApiException, InterruptedException {
        return new String(
                exchange(http.newHttpRequestBuilder().uri(server.resolve(path))).body(), StandardCharsets.UTF_8);
    }

    /** Creates {@code body} in the collection at {@code path}. */
    public JsonNode post(String path, JsonNode body) throws ApiException, InterruptedException {
        return send(http.newHttpRequestBuilder().uri(server.resolve(path)).post(JSON, text(body)));
    }

    /** As {@link #patch}, for those who do not care what the object looks like then. */
    public void overwrite(String path, JsonNode patch) throws ApiException, InterruptedException {
        HttpResponse<byte[]> _ = exchange(
                http.newHttpRequestBuilder().uri(server.resolve(path)).method("PATCH", MERGE_PATCH, text(patch)));
    }

    /**
     * The answer to a GET as it comes in: for what is large or does not end. To be closed by the caller.
     *
     * @param path with its query
     */
    public InputStream stream(String path) throws ApiException, InterruptedException {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(server.resolve(path))
                .forStreaming()
                .build();
        HttpResponse<InputStream> response = await(http.sendAsync(request, InputStream.class));
        if (!response.isSuccessful()) {
            try (InputStream body = response.body()) {
                throw refusal(response.code(), body.readNBytes(LONGEST_REFUSAL));
            } catch (IOException e) {
                throw new ApiException(response.code(), "HTTP status " + response.code());
            }
        }
        return response.body();
    }

    private <T> T extract(HttpResponse<byte[]> response, Extract<T> extract) throws ApiException {
        try (JsonParser json = mapper.createParser(response.body())) {
            return extract.from(json);
        } catch (IOException e) {
            throw new ApiException(
                    response.code(), "HTTP status %d with an answer that makes no sense".formatted(response.code()));
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws ApiException, InterruptedException {
        HttpResponse<byte[]> response = exchange(request);
        return parse(response.code(), response.body());
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) throws ApiException, InterruptedException {
        HttpResponse<byte[]> response = await(http.sendAsync(
                request.timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).build(), byte[].class));
        if (!response.isSuccessful()) {
            throw refusal(response.code(), response.body());
        }
        return response;
    }

    private <T> T await(CompletableFuture<T> answer) throws ApiException, InterruptedException {
        try {
            return answer.get(2 * TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ApiException(ApiException.UNREACHED, unreached(RootCause.message(e)));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ApiException(ApiException.UNREACHED, unreached("no answer in time"));
        }
    }

    private String unreached(String why) {
        String port = server.getPort() < 0 ? "" : ":" + server.getPort();
        return "API server not reached at %s://%s%s: %s".formatted(server.getScheme(), server.getHost(), port, why);
    }

    private ApiException refusal(int code, byte[] body) throws ApiException {
        return new ApiException(code, parse(code, body).path("message").asText("HTTP status " + code));
    }

    private JsonNode parse(int code, byte[] body) throws ApiException {
        try (JsonParser parser = new FilteringParserDelegate(
                mapper.createParser(body), NO_MANAGED_FIELDS, Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            JsonNode answer = mapper.readTree(parser);
            return answer == null ? mapper.missingNode() : answer;
        } catch (IOException e) {
            throw new ApiException(code, "HTTP status %d without a JSON body".formatted(code));
        }
    }

    private String text(JsonNode body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a JSON tree can be written", e);
        }
    }
}
