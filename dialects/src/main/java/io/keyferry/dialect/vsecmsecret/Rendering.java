package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.json.Json;
import io.keyferry.json.JsonWriter;
import java.util.Optional;

/** What becomes of a document's values in a Secret. */
final class Rendering {
    private Rendering() {}

    /** Text as it is, numbers and booleans as they were written, everything else as compact JSON. */
    static SecretValue data(Json value) {
        return SecretValue.utf8(scalar(value).orElseGet(() -> JsonWriter.write(value)));
    }

    /** The same as text; empty for what is no text, number or boolean. */
    static Optional<String> scalar(Json value) {
        return switch (value) {
            case Json.Text text -> Optional.of(text.text());
            case Json.Word word -> Optional.of(word.spelling());
            case Json.Obj _, Json.Arr _ -> Optional.empty();
        };
    }
}
