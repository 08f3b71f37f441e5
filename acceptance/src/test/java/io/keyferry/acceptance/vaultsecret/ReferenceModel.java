package io.keyferry.acceptance.vaultsecret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the original operator makes of secrets, by what is known of it and nothing of Keyferry's own: how secrets become a
 * tree, and how the tree is printed. Objects are maps, arrays lists, and a number is a {@link Literal}.
 */
final class ReferenceModel {
    /** A number as it was written. */
    record Literal(String text) {}

    private final Map<String, @Nullable Object> tree = new HashMap<>();

    /** A concrete path: all segments of the prefix but the last are nodes, the last is put before every key. */
    void addConcrete(String prefix, Map<String, @Nullable Object> secret) {
        int slash = prefix.lastIndexOf('/');
        Map<String, @Nullable Object> node = slash < 0 ? tree : node(prefix.substring(0, slash));
        secret.forEach((key, value) -> node.put(prefix.substring(slash + 1) + key, value));
    }

    /** A secret below a recursive path: every segment of the prefix and the rest of its path is a node. */
    void addBelow(String prefix, String rest, Map<String, @Nullable Object> secret) {
        node(prefix + rest).putAll(secret);
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> node(String path) {
        Map<String, @Nullable Object> node = tree;
        for (String segment : path.split("/", -1)) {
            node = (Map<String, @Nullable Object>)
                    Objects.requireNonNull(node.computeIfAbsent(segment, s -> new HashMap<String, @Nullable Object>()));
        }
        return node;
    }

    Map<String, @Nullable Object> tree() {
        return tree;
    }

    Map<String, String> env() {
        Map<String, String> entries = new TreeMap<>();
        tree.forEach((name, value) -> flatten(entries, name, value));
        return entries;
    }

    private static void flatten(Map<String, String> entries, String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((key, member) -> flatten(entries, name + "_" + key, member));
        } else if (value instanceof List<?> array) {
            for (int i = 0; i < array.size(); i++) {
                flatten(entries, name + "_" + i, array.get(i));
            }
        } else if (value instanceof Literal number) {
            entries.put(name, envNumber(number.text()));
        } else {
            entries.put(name, value == null ? "<nil>" : value.toString());
        }
    }

    /** Shortest digits of the double; with an exponent below 0.0001 and from a million on. */
    private static String envNumber(String literal) {
        double number = Double.parseDouble(literal);
        if (number == 0) {
            return "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        if (Math.abs(number) >= 0.0001 && Math.abs(number) < 1_000_000) {
            return shortest.toPlainString();
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    String json() {
        return json(tree, "\n");
    }

    private static String json(@Nullable Object value, String newLine) {
        String deeper = newLine + "  ";
        if (value instanceof Map<?, ?> object && !object.isEmpty()) {
            List<String> members = new ArrayList<>();
            new TreeMap<>(object)
                    .forEach((key, member) ->
                            members.add(deeper + jsonText(String.valueOf(key)) + ": " + json(member, deeper)));
            return "{" + String.join(",", members) + newLine + "}";
        }
        if (value instanceof List<?> array && !array.isEmpty()) {
            return "["
                    + String.join(
                            ",",
                            array.stream()
                                    .map(item -> deeper + json(item, deeper))
                                    .toList())
                    + newLine + "]";
        }
        if (value instanceof Map) {
            return "{}";
        }
        if (value instanceof List) {
            return "[]";
        }
        if (value instanceof Literal number) {
            return number.text();
        }
        return value instanceof String text ? jsonText(text) : String.valueOf(value);
    }

    private static String jsonText(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u0001", "\\u0001");
        return "\"" + escaped + "\"";
    }

    /** What reading the yaml gives: the tree, with strings for numbers. */
    static @Nullable Object withNumbersAsText(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> members = new HashMap<>();
            object.forEach((key, member) -> members.put(String.valueOf(key), withNumbersAsText(member)));
            return members;
        }
        if (value instanceof List<?> array) {
            List<@Nullable Object> items = new ArrayList<>();
            array.forEach(item -> items.add(withNumbersAsText(item)));
            return items;
        }
        return value instanceof Literal number ? number.text() : value;
    }

    /** Reads a secret and keeps its numbers as they are written. */
    static Map<String, @Nullable Object> secret(String json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return object(parser);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Literal(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            default -> null;
        };
    }
}
