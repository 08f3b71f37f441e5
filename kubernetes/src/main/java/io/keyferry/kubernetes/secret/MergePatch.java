package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the API server does with a JSON merge patch (RFC 7386), done here. */
final class MergePatch {
    private MergePatch() {}

    static void apply(ObjectNode object, ObjectNode patch) {
        patch.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isNull()) {
                object.remove(name);
            } else if (value instanceof ObjectNode deeper) {
                apply(object.get(name) instanceof ObjectNode there ? there : object.putObject(name), deeper);
            } else {
                object.set(name, value);
            }
        });
    }
}
