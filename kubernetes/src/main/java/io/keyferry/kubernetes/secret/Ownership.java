package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What of an object the API server knows to be ours, from the object's {@code managedFields}.
 *
 * @param labels the labels that we wrote last
 * @param annotations the annotations that we wrote last
 * @param data the entries of {@code data} that we applied
 * @param owners whether we applied an owner
 */
record Ownership(Set<String> labels, Set<String> annotations, Set<String> data, boolean owners) {
    /** The name that we write under. */
    static final String MANAGER = "keyferry";

    private static final Ownership NOTHING = new Ownership(Set.of(), Set.of(), Set.of(), false);

    static Ownership nothing() {
        return NOTHING;
    }

    /** Reads a list of managed fields. The parser stands at its opening bracket and is left at its closing one. */
    static Ownership read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return NOTHING;
        }
        Reader reader = new Reader(json);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            reader.entry();
        }
        return reader.result();
    }

    /** Collects the fields of our entries. */
    private static final class Reader {
        private static final String APPLY = "Apply";

        private final JsonParser json;
        private final Set<String> labels = new HashSet<>(0);
        private final Set<String> annotations = new HashSet<>(0);
        private final Set<String> data = new HashSet<>(0);
        private boolean owners;

        Reader(JsonParser json) {
            this.json = json;
        }

        Ownership result() {
            return labels.isEmpty() && annotations.isEmpty() && data.isEmpty() && !owners
                    ? NOTHING
                    : new Ownership(Set.copyOf(labels), Set.copyOf(annotations), Set.copyOf(data), owners);
        }

        /** The API server writes an entry's manager and operation before its fields. */
        void entry() throws IOException {
            boolean ours = false;
            boolean applied = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("manager")) {
                    ours = MANAGER.equals(json.getValueAsString());
                } else if (field.equals("operation")) {
                    applied = APPLY.equals(json.getValueAsString());
                } else if (field.equals("fieldsV1") && ours) {
                    fields(applied);
                } else {
                    json.skipChildren();
                }
            }
        }

        private void fields(boolean applied) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("f:metadata")) {
                    metadata(applied);
                } else if (field.equals("f:data") && applied) {
                    names(data);
                } else {
                    json.skipChildren();
                }
            }
        }

        private void metadata(boolean applied) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "f:labels" -> names(labels);
                    case "f:annotations" -> names(annotations);
                    case "f:ownerReferences" -> {
                        owners |= applied;
                        json.skipChildren();
                    }
                    default -> json.skipChildren();
                }
            }
        }

        private void names(Set<String> names) throws IOException {
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
}
