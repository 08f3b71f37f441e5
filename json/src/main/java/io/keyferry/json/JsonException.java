package io.keyferry.json;

/** A text is not JSON, or beyond the limits. Holds nothing of the text. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean beyondLimits;

    private JsonException(String words, boolean beyondLimits) {
        super(words, null, false, false);
        this.beyondLimits = beyondLimits;
    }

    static JsonException notJson() {
        return new JsonException("not JSON", false);
    }

    public static JsonException notAnObject() {
        return new JsonException("not a JSON object", false);
    }

    static JsonException beyondLimits() {
        return new JsonException(
                "JSON with more than %d levels or a number of more than %d characters"
                        .formatted(JsonReader.MAX_DEPTH, JsonReader.MAX_NUMBER),
                true);
    }

    public boolean isBeyondLimits() {
        return beyondLimits;
    }
}
