package io.keyferry.store.vault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON value within a server's answer, by position. Nothing is decoded until asked for, so what is handed on has
 * the very bytes the server wrote: {@code 1.50} stays {@code 1.50}.
 */
final class JsonSlice {
    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] bytes;
    private final int from;
    private final int to;

    private JsonSlice(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    static JsonSlice of(byte[] document) {
        int to = document.length;
        while (to > 0 && isSpace(document[to - 1])) {
            to--;
        }
        int from = 0;
        while (from < to && isSpace(document[from])) {
            from++;
        }
        return new JsonSlice(document, from, to);
    }

    boolean isObject() {
        return startsWith('{');
    }

    boolean isText() {
        return startsWith('"');
    }

    boolean isNull() {
        return text().equals("null");
    }

    /** Whether this is what Go's decoder takes for no value at all: null, "", 0, false. */
    boolean isZero() {
        return to - from <= 5 && List.of("null", "\"\"", "0", "false").contains(text());
    }

    /** A copy of the bytes. */
    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** The bytes as text: for numbers and the like. */
    String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The members of this object, the last of equal names, unless it is not an object. */
    Map<String, JsonSlice> members() throws JsonFault {
        Map<String, JsonSlice> members = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
            expect(parser, JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
        } catch (IOException e) {
            throw new JsonFault();
        }
        return members;
    }

    /** The elements of this array, which must be strings. */
    List<String> strings() throws JsonFault {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
            expect(parser, JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expectCurrent(parser, JsonToken.VALUE_STRING);
                strings.add(parser.getText());
            }
        } catch (IOException e) {
            throw new JsonFault();
        }
        return strings;
    }

    /** This string. */
    String string() throws JsonFault {
        try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
            expect(parser, JsonToken.VALUE_STRING);
            return parser.getText();
        } catch (IOException e) {
            throw new JsonFault();
        }
    }

    private JsonSlice value(JsonParser parser) throws IOException, JsonFault {
        // Jackson counts from the start of the slice.
        long start = from + parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        long end = from + parser.currentLocation().getByteOffset();
        if (start < from || end > to) {
            throw new JsonFault();
        }
        return new JsonSlice(bytes, (int) start, (int) end);
    }

    private static void expect(JsonParser parser, JsonToken token) throws IOException, JsonFault {
        parser.nextToken();
        expectCurrent(parser, token);
    }

    private static void expectCurrent(JsonParser parser, JsonToken token) throws JsonFault {
        if (parser.currentToken() != token) {
            throw new JsonFault();
        }
    }

    private boolean startsWith(char c) {
        return from < to && bytes[from] == c;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    @Override
    public String toString() {
        return "JsonSlice(" + (to - from) + " bytes)";
    }
}
