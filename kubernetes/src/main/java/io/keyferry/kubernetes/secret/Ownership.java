package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Which of an object's labels and annotations the API server knows to be ours, from the object's {@code managedFields}.
 */
record Ownership(Set<String> labels, Set<String> annotations) {
    /** The name that we write under. */
    static final String MANAGER = "keyferry";

    private static final Ownership NOTHING = new Ownership(Set.of(), Set.of());

    static Ownership nothing() {
        return NOTHING;
    }

    /** Reads a list of managed fields. The parser stands at its opening bracket and is left at its closing one. */
    static Ownership read(JsonParser json) throws IOException {
        Set<String> labels = new HashSet<>(0);
        Set<String> annotations = new HashSet<>(0);
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return NOTHING;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            entry(json, labels, annotations);
        }
        return labels.isEmpty() && annotations.isEmpty()
                ? NOTHING
                : new Ownership(Set.copyOf(labels), Set.copyOf(annotations));
    }

    /** The API server writes an entry's manager before its fields. */
    private static void entry(JsonParser json, Set<String> labels, Set<String> annotations) throws IOException {
        boolean ours = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("manager")) {
                ours = MANAGER.equals(json.getValueAsString());
            } else if (field.equals("fieldsV1") && ours) {
                metadata(json, labels, annotations);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void metadata(JsonParser json, Set<String> labels, Set<String> annotations) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean metadata = json.currentName().equals("f:metadata");
            json.nextToken();
            if (!metadata) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "f:labels" -> names(json, labels);
                    case "f:annotations" -> names(json, annotations);
                    default -> json.skipChildren();
                }
            }
        }
    }

    private static void names(JsonParser json, Set<String> names) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            json.skipChildren();
            if (field.startsWith("f:")) {
                names.add(field.substring(2).intern());
            }
        }
    }
}
