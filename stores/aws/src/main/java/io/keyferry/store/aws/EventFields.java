package io.keyferry.store.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Those texts of an event that tell which secret it is about. The rest is skipped, however deep and long it is. */
final class EventFields {
    private static final int DEEPEST = 64;
    private static final int LONGEST_TEXT = 2_048;
    private static final int MOST_RESOURCES = 10;
    private static final Set<String> OPENED = Set.of("detail", "detail.requestParameters", "detail.responseElements");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final Map<String, String> texts = new HashMap<>();
    private final List<String> resources = new ArrayList<>();

    private EventFields() {}

    /** @throws IOException if it is no JSON object */
    static EventFields read(String event) throws IOException {
        EventFields fields = new EventFields();
        try (JsonParser json = JSON.createParser(event)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            fields.readObject(json, "");
            if (json.nextToken() != null) {
                throw new IOException("more than an object");
            }
        }
        return fields;
    }

    /** A text by its path, for example {@code detail.name}; empty if there is none or it is too long to be a name. */
    Optional<String> text(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    /** The ARNs that the event says it is about. */
    List<String> resources() {
        return List.copyOf(resources);
    }

    private void readObject(JsonParser json, String prefix) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String path = prefix + json.currentName();
            switch (json.nextToken()) {
                case START_OBJECT -> {
                    if (OPENED.contains(path)) {
                        readObject(json, path + ".");
                    } else {
                        json.skipChildren();
                    }
                }
                case START_ARRAY -> {
                    if (path.equals("resources")) {
                        readResources(json);
                    } else {
                        json.skipChildren();
                    }
                }
                case VALUE_STRING -> readText(json, path);
                case null -> throw new IOException("no end");
                default -> {}
            }
        }
    }

    private void readText(JsonParser json, String path) throws IOException {
        if (json.getTextLength() <= LONGEST_TEXT) {
            texts.put(path, json.getText());
        }
    }

    private void readResources(JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING
                    && json.getTextLength() <= LONGEST_TEXT
                    && resources.size() < MOST_RESOURCES) {
                resources.add(json.getText());
            } else {
                json.skipChildren();
            }
        }
    }
}
