package io.keyferry.dialect.vaultsecret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.keyferry.engine.content.SecretValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a secret's JSON document as Go would: of a repeated name the last counts, lone surrogates become U+FFFD. */
final class JsonReader {
    /** Levels of nesting that are read; deeper ones are of no use in a Secret and would exhaust the stack. */
    static final int MOST_LEVELS = 100;

    /** Keeps no name of a member beyond the text it was read from, and shares buffers among virtual threads. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
            .build();

    private JsonReader() {}

    /**
     * The members of the object that {@code document} is.
     *
     * @throws IllegalArgumentException if it is none; says nothing of its content
     */
    static SortedMap<String, Json> members(SecretValue document) {
        try (JsonParser parser = FACTORY.createParser(document.bytes())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the secret is not a JSON object");
            }
            return object(parser);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(
                    "the secret is nested deeper than %d levels, or too long".formatted(MOST_LEVELS));
        } catch (IOException e) {
            throw new IllegalArgumentException("the secret is not valid JSON");
        }
    }

    private static Json value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> new Json.Members(object(parser));
            case START_ARRAY -> new Json.Array(array(parser));
            case VALUE_STRING -> new Json.Text(wellFormed(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getText());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            default -> new Json.Null();
        };
    }

    private static SortedMap<String, Json> object(JsonParser parser) throws IOException {
        SortedMap<String, Json> members = new TreeMap<>(ByteOrder.COMPARATOR);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<Json> array(JsonParser parser) throws IOException {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private static String wellFormed(String text) {
        boolean lone = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (!lone) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(mended::appendCodePoint);
        return mended.toString();
    }
}
