package io.keyferry.operator.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import java.util.ArrayList;
import java.util.List;

/** Whether the custom resource definitions are installed, in the versions that the dialects speak. */
public final class DefinitionsCheck implements Check {
    private static final String TOPIC = "definition";
    private static final String MISSING = " is not installed";

    private final ApiClient api;
    private final List<Definition> definitions;
    private final boolean named;
    private final boolean others;

    /**
     * @param named whether somebody asked for these dialects by name
     * @param others whether there is a dialect that needs none
     */
    public DefinitionsCheck(ApiClient api, List<Definition> definitions, boolean named, boolean others) {
        this.api = api;
        this.definitions = List.copyOf(definitions);
        this.named = named;
        this.others = others;
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (Definition definition : definitions) {
            findings.add(check(definition));
        }
        boolean isNoneThere =
                findings.stream().allMatch(finding -> finding.text().contains(MISSING));
        if (!named && !others && isNoneThere) {
            findings.add(Finding.fail(
                    TOPIC,
                    "there is none, so the operator only waits",
                    "kubectl apply -f the one you use, from deploy/crds; or name dialects with --dialects"));
        }
        return findings;
    }

    private Finding check(Definition definition) throws InterruptedException {
        try {
            if (isServed(api, definition)) {
                return Finding.ok(TOPIC, "%s/%s is installed".formatted(definition.crd(), definition.version()));
            }
            List<String> versions = versions(definition);
            String install = "kubectl apply -f " + definition.file();
            if (!versions.isEmpty()) {
                return Finding.fail(
                        TOPIC,
                        "%s is not served in version %s; the group %s has %s"
                                .formatted(
                                        definition.crd(),
                                        definition.version(),
                                        definition.group(),
                                        String.join(", ", versions)),
                        install);
            }
            String missing = definition.crd() + MISSING;
            return named
                    ? Finding.fail(TOPIC, missing, install)
                    : Finding.ok(TOPIC, "%s, so %s does not run".formatted(missing, definition.dialect()));
        } catch (ApiException e) {
            return Finding.fail(
                    TOPIC,
                    "%s: %s".formatted(definition.crd(), e.getMessage()),
                    "see what is said about the API server");
        }
    }

    /** Whether the API server has the kind in the version that is spoken. */
    public static boolean isServed(ApiClient api, Definition definition) throws ApiException, InterruptedException {
        try {
            return api.get("/apis/%s/%s".formatted(definition.group(), definition.version()))
                    .path("resources")
                    .valueStream()
                    .anyMatch(resource -> resource.path("name").asText().equals(definition.plural()));
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }

    private List<String> versions(Definition definition) throws ApiException, InterruptedException {
        try {
            return api.get("/apis/" + definition.group())
                    .path("versions")
                    .valueStream()
                    .map((JsonNode version) -> version.path("version").asText())
                    .toList();
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return List.of();
            }
            throw e;
        }
    }
}
