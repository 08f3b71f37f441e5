package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.time.Timers;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists and watches the Secrets of one namespace, or of all, and tells the index of each as it is read: none is held as
 * an object, and none is parsed that the index knows already, as it does what was written a moment ago.
 *
 * <p>Each call is one round and blocks. Who calls decides when to try again: {@link #list} after a failure that {@link
 * ApiException#isGone}, else {@link #watch} goes on where it was.
 */
final class SecretFeed {
    private static final int PAGE = 500;

    /** How long the API server is to keep a watch, and how much longer it is believed to be alive. */
    private static final Duration ROUND = Duration.ofMinutes(5);

    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final ApiClient api;
    private final @Nullable String namespace;
    private final SecretIndex index;
    private final SecretParser parser;
    private final Timers timers;
    private String version = "";

    /** @param namespace null for all namespaces */
    SecretFeed(
            ApiClient api, @Nullable String namespace, SecretIndex index, Fingerprinter fingerprinter, Timers timers) {
        this.api = api;
        this.namespace = namespace;
        this.index = index;
        this.parser = new SecretParser(fingerprinter, index.prefixes(), index::knows);
        this.timers = timers;
    }

    /** Tells the index of everything that is there, and of what is no longer. */
    void list() throws ApiException, IOException, InterruptedException {
        Set<SecretName> names = new HashSet<>();
        Page page = new Page("", "");
        do {
            page = page(page.next(), names);
        } while (!page.next().isEmpty());
        index.listed(namespace, names, page.version());
        version = page.version();
    }

    /**
     * Tells the index of changes since the last one seen, until the API server has had enough or fails.
     *
     * @param onOpen is told when the API server has begun to answer
     */
    void watch(Runnable onOpen) throws ApiException, IOException, InterruptedException {
        String path = collection()
                + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=%d&resourceVersion=%s"
                        .formatted(ROUND.toSeconds(), encoded(version));
        try (InputStream in = api.stream(path)) {
            onOpen.run();
            Timers.Timer deadline = timers.after(ROUND.plus(GRACE), () -> close(in));
            try (JsonParser json = JSON.createParser(in)) {
                while (json.nextToken() != null) {
                    event(json);
                }
            } finally {
                deadline.cancel();
            }
        }
    }

    private record Page(String version, String next) {}

    private Page page(String from, Set<SecretName> names) throws ApiException, IOException, InterruptedException {
        String path = collection() + "?limit=" + PAGE + (from.isEmpty() ? "" : "&continue=" + encoded(from));
        Page page = new Page("", "");
        try (InputStream in = api.stream(path);
                JsonParser json = JSON.createParser(in)) {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "metadata" -> page = pageMetadata(json);
                    case "items" -> items(json, names);
                    default -> json.skipChildren();
                }
            }
            expect(json.currentToken(), JsonToken.END_OBJECT);
        }
        return page;
    }

    private static Page pageMetadata(JsonParser json) throws IOException {
        String version = "";
        String next = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "resourceVersion" -> version = json.getValueAsString("");
                case "continue" -> next = json.getValueAsString("");
                default -> json.skipChildren();
            }
        }
        return new Page(version, next);
    }

    private void items(JsonParser json, Set<SecretName> names) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            SecretParser.Parsed secret = parser.read(json);
            names.add(secret.name());
            tell(secret);
        }
    }

    /** The API server writes an event's type before its object. */
    private void event(JsonParser json) throws ApiException, IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT);
        String type = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "type" -> type = json.getValueAsString("");
                case "object" -> object(type, json);
                default -> json.skipChildren();
            }
        }
    }

    private void object(String type, JsonParser json) throws ApiException, IOException {
        switch (type) {
            case "ADDED", "MODIFIED" -> {
                SecretParser.Parsed secret = parser.read(json);
                tell(secret);
                version = secret.resourceVersion();
            }
            case "DELETED" -> {
                SecretParser.Parsed secret = parser.read(json);
                index.vanished(secret.name());
                version = secret.resourceVersion();
            }
            case "BOOKMARK" -> version = parser.read(json).resourceVersion();
            case "ERROR" -> throw failure(json);
            default -> throw new IOException("the watch on Secrets told of something else than a change");
        }
    }

    private void tell(SecretParser.Parsed secret) {
        if (secret.state() != null) {
            index.watched(secret.name(), secret.state());
        }
    }

    private static ApiException failure(JsonParser json) throws IOException {
        int code = 0;
        String message = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "code" -> code = json.getValueAsInt();
                case "message" -> message = json.getValueAsString("");
                default -> json.skipChildren();
            }
        }
        return new ApiException(code, message);
    }

    private String collection() {
        return namespace == null ? "/api/v1/secrets" : "/api/v1/namespaces/" + namespace + "/secrets";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static void expect(@Nullable JsonToken token, JsonToken expected) throws IOException {
        if (token != expected) {
            throw new IOException("the API server answered with something else than Secrets");
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
