package io.keyferry.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text, strictly: UTF-8 without a byte order mark, nothing behind it, at most {@value #MAX_DEPTH} levels and
 * {@value #MAX_NUMBER} characters in a number. Half a surrogate pair becomes U+FFFD, as with Go.
 */
public final class JsonReader {
    public static final int MAX_DEPTH = 100;
    static final int MAX_NUMBER = 1000;

    /** Keeps no name of a member beyond the text it was read from, and shares buffers among virtual threads. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReader() {}

    public static Json read(byte[] utf8) throws JsonException {
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw JsonException.notJson();
        }
    }

    public static Json read(String text) throws JsonException {
        return read(text, MAX_DEPTH);
    }

    /**
     * Reads a text that is to become a part of another.
     *
     * @param depth how many levels it may have, {@value #MAX_DEPTH} at most
     */
    public static Json read(String text, int depth) throws JsonException {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            Json value = value(parser, first, depth);
            if (parser.nextToken() != null) {
                throw JsonException.notJson();
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw JsonException.beyondLimits();
        } catch (IOException e) {
            throw JsonException.notJson();
        }
    }

    /** @param depth how many levels it may have */
    private static Json value(JsonParser parser, JsonToken token, int depth) throws IOException, JsonException {
        if (token == null) {
            throw JsonException.notJson();
        }
        return switch (token) {
            case START_OBJECT -> object(parser, inside(depth));
            case START_ARRAY -> array(parser, inside(depth));
            case VALUE_STRING -> new Json.Text(whole(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> new Json.Word(parser.getText());
            default -> throw JsonException.notJson();
        };
    }

    private static int inside(int depth) throws JsonException {
        if (depth == 0) {
            throw JsonException.beyondLimits();
        }
        return depth - 1;
    }

    private static Json object(JsonParser parser, int depth) throws IOException, JsonException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = whole(parser.currentName());
            members.put(name, value(parser, parser.nextToken(), depth));
        }
        return new Json.Obj(members);
    }

    private static Json array(JsonParser parser, int depth) throws IOException, JsonException {
        List<Json> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token, depth));
        }
        return new Json.Arr(elements);
    }

    private static Json number(String spelling) throws JsonException {
        if (spelling.length() > MAX_NUMBER) {
            throw JsonException.beyondLimits();
        }
        return new Json.Word(spelling);
    }

    private static String whole(String text) {
        boolean broken = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return broken
                ? text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }
}
