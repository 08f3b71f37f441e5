package io.keyferry.dialect.syncedsecret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.keyferry.gotemplate.value.JsonValues;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.NilValue;
import io.keyferry.gotemplate.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON as Go's encoding/json reads it into {@code map[string]interface {}}: every number is a double. */
final class Documents {
    /** Levels of nesting that are read; deeper ones are of no use in a Secret and would exhaust the stack. */
    private static final int MOST_LEVELS = Math.min(100, Value.MAX_DEPTH - 1);

    /** More than any AWS secret has. */
    private static final int LONGEST = 1 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .maxNumberLength(LONGEST)
                    .maxNameLength(LONGEST)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private Documents() {}

    /** The members of an object, none for {@code null}; empty if {@code text} is anything else. */
    static Optional<MapValue> members(String text) {
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            return Optional.empty();
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            Value value = JsonValues.of(value(parser));
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
            return switch (value) {
                case MapValue map -> Optional.of(map);
                case NilValue _ -> Optional.of(MapValue.of(Map.of()));
                default -> Optional.empty();
            };
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An array of strings, none for {@code null}; empty if {@code text} is anything else. */
    static Optional<List<String>> strings(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            List<String> strings = new ArrayList<>();
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    strings.add(parser.getText());
                }
                if (parser.currentToken() != JsonToken.END_ARRAY) {
                    return Optional.empty();
                }
            } else if (first != JsonToken.VALUE_NULL) {
                return Optional.empty();
            }
            return parser.nextToken() == null ? Optional.of(strings) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Double number(String text) throws IOException {
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new IOException("a number is too large");
        }
        return number;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }
}
