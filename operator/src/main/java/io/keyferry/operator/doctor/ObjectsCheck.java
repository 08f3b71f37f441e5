package io.keyferry.operator.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which objects are not in order, by their own status. */
public final class ObjectsCheck implements Check {
    private static final String TOPIC = "objects";
    private static final int SHOWN = 10;

    private final Definition definition;
    private final Listing listing;

    /** @param namespaces where the operator works; empty for everywhere */
    public ObjectsCheck(ApiClient api, Definition definition, Set<String> namespaces) {
        this.definition = definition;
        this.listing = new Listing(api, namespaces);
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        int all = 0;
        int wrong = 0;
        try {
            for (JsonNode object : list()) {
                all++;
                JsonNode ready = ready(object);
                if (ready.path("status").asText("True").equals("True")) {
                    continue;
                }
                wrong++;
                if (wrong <= SHOWN) {
                    findings.add(finding(object, ready));
                }
            }
        } catch (ApiException e) {
            return List.of(Finding.warn(
                    TOPIC,
                    "%s cannot be listed: %s".formatted(definition.plural(), e.getMessage()),
                    "see what is said about rights"));
        }
        String summary = "%d of %d %s are in order".formatted(all - wrong, all, definition.plural());
        findings.addFirst(
                wrong == 0
                        ? Finding.ok(TOPIC, summary)
                        : Finding.warn(TOPIC, summary, "the first %d follow".formatted(Math.min(wrong, SHOWN))));
        return findings;
    }

    private static Finding finding(JsonNode object, JsonNode ready) {
        return Finding.warn(
                TOPIC,
                "%s/%s is not ready, %s: %s"
                        .formatted(
                                object.at("/metadata/namespace").asText(),
                                object.at("/metadata/name").asText(),
                                ready.path("reason").asText("no reason given"),
                                ready.path("message")
                                        .asText("")
                                        .lines()
                                        .findFirst()
                                        .orElse("")),
                "");
    }

    private static JsonNode ready(JsonNode object) {
        return object.at("/status/conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals("Ready"))
                .findFirst()
                .orElse(object.at("/none"));
    }

    /** All objects, as the API server has them. */
    public List<JsonNode> list() throws ApiException, InterruptedException {
        return listing.of(definition::path);
    }

    public Definition definition() {
        return definition;
    }
}
