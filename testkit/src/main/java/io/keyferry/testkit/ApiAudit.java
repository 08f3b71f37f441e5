package io.keyferry.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The API server's record of what service accounts asked for, as {@code "get secrets"} or {@code "patch x/status in group"}. */
final class ApiAudit {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Watches are told of when they begin; nobody else's requests are written. */
    static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
              - level: Metadata
                userGroups: [system:serviceaccounts]
              - level: None
            """;

    private final Path log;

    ApiAudit(Path log) {
        this.log = log;
    }

    /** What a service account was allowed to do, or what it was refused. */
    Set<String> requests(String namespace, String serviceAccount, boolean refused) {
        String user = "system:serviceaccount:%s:%s".formatted(namespace, serviceAccount);
        Set<String> requests = new TreeSet<>();
        try (Stream<String> lines = Files.lines(log)) {
            // The last line may be half written.
            lines.filter(line -> line.endsWith("}")).map(ApiAudit::parse).forEach(event -> {
                boolean forbidden = event.at("/responseStatus/code").asInt() == 403;
                if (event.at("/user/username").asText().equals(user)
                        && event.has("objectRef")
                        && forbidden == refused) {
                    requests.add(request(event));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requests;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String request(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String subresource = object.path("subresource").asText();
        return event.path("verb").asText() + " " + object.path("resource").asText()
                + (subresource.isEmpty() ? "" : "/" + subresource);
    }
}
