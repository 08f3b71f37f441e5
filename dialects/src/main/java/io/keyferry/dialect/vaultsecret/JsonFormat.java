package io.keyferry.dialect.vaultsecret;

import java.util.Iterator;
import java.util.Map;

/** Prints JSON byte for byte as Go's {@code json.MarshalIndent(value, "", "  ")} does. */
final class JsonFormat {
    private final StringBuilder out = new StringBuilder();

    private JsonFormat() {}

    static String render(Json value) {
        JsonFormat format = new JsonFormat();
        format.write(value, 0);
        return format.out.toString();
    }

    private void write(Json value, int depth) {
        switch (value) {
            case Json.Members object -> writeObject(object, depth);
            case Json.Array array -> writeArray(array, depth);
            case Json.Text text -> writeText(text.value());
            case Json.Numeral number -> out.append(number.literal());
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null ignored -> out.append("null");
        }
    }

    private void writeObject(Json.Members object, int depth) {
        if (object.members().isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{');
        Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, Json> member = members.next();
            newLine(depth + 1);
            writeText(member.getKey());
            out.append(": ");
            write(member.getValue(), depth + 1);
            if (members.hasNext()) {
                out.append(',');
            }
        }
        newLine(depth);
        out.append('}');
    }

    private void writeArray(Json.Array array, int depth) {
        if (array.items().isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        Iterator<Json> items = array.items().iterator();
        while (items.hasNext()) {
            newLine(depth + 1);
            write(items.next(), depth + 1);
            if (items.hasNext()) {
                out.append(',');
            }
        }
        newLine(depth);
        out.append(']');
    }

    private void newLine(int depth) {
        out.append('\n').append("  ".repeat(depth));
    }

    private void writeText(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
