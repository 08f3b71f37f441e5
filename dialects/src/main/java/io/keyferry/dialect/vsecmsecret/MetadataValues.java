package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes texts of the values of labels and annotations, and remembers which cannot be any. Never tells a value. */
final class MetadataValues {
    private final List<String> wrong = new ArrayList<>();

    Map<String, String> labels(Map<Field, Json> values) {
        Map<String, String> texts = annotations(values);
        values.keySet().forEach(field -> {
            String text = texts.get(field.key());
            if (text != null && !Keys.isLabelValue(text)) {
                wrong.add(
                        field.wrong(
                                "its value is none for a label: that has at most 63 letters, digits, '-', '_' and '.', and begins and ends with a letter or digit"));
            }
        });
        return texts;
    }

    Map<String, String> annotations(Map<Field, Json> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((field, value) -> {
            Optional<String> text = Rendering.scalar(value);
            if (text.isPresent()) {
                texts.put(field.key(), text.get());
            } else {
                wrong.add(field.wrong("it leads to an object or a list: choose a text, a number or a boolean"));
            }
        });
        return texts;
    }

    void complain() throws RecipeException {
        if (!wrong.isEmpty()) {
            throw Reason.INVALID_METADATA_VALUE.failure(String.join("; ", wrong));
        }
    }
}
