package io.keyferry.operator.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What may be told of an object: who it is and how it is. Neither its spec, in which tokens may stand, nor its annotations, in which
 * a whole spec may stand; of these only what Keyferry acts on, which names paths and policies.
 */
public final class Outline {
    private static final List<String> METADATA = List.of(
            "namespace",
            "name",
            "uid",
            "generation",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "finalizers",
            "ownerReferences");
    private static final List<String> PREFIXES = List.of("vault-sync.io/", "keyferry.io/", "vsecm.com/");

    private Outline() {}

    /** The outline of an object as the API server has it. */
    public static ObjectNode of(JsonNode object) {
        ObjectNode outline = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = outline.putObject("metadata");
        for (String field : METADATA) {
            if (object.path("metadata").has(field)) {
                metadata.set(field, object.path("metadata").get(field));
            }
        }
        ObjectNode annotations = JsonNodeFactory.instance.objectNode();
        object.at("/metadata/annotations").properties().forEach(annotation -> {
            if (PREFIXES.stream().anyMatch(annotation.getKey()::startsWith)) {
                annotations.set(annotation.getKey(), annotation.getValue());
            }
        });
        if (!annotations.isEmpty()) {
            metadata.set("annotations", annotations);
        }
        if (object.has("status") && !annotatedWorkload(object)) {
            outline.set("status", object.get("status"));
        }
        return outline;
    }

    /** A workload's status says nothing about secrets. */
    private static boolean annotatedWorkload(JsonNode object) {
        return object.path("spec").has("template") || object.path("spec").has("jobTemplate");
    }

    /** Whether Keyferry acts on an object because of its annotations. */
    public static boolean isAnnotated(JsonNode object) {
        return object.at("/metadata/annotations")
                .propertyStream()
                .anyMatch(annotation -> annotation.getKey().startsWith("vault-sync.io/"));
    }
}
