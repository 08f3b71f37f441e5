package io.keyferry.dialect.vaultsecret;

import java.util.List;
import java.util.Objects;

/** Prints YAML byte for byte as gopkg.in/yaml.v3's {@code Marshal} does; numbers are strings there and so quoted. */
final class YamlFormat {
    private static final int INDENT = 4;
    private static final int LONGEST_SIMPLE_KEY = 128;

    private final StringBuilder out = new StringBuilder();

    private final boolean exactNumbers;

    private YamlFormat(boolean exactNumbers) {
        this.exactNumbers = exactNumbers;
    }

    static String render(Json value, Layout layout) {
        YamlFormat format = new YamlFormat(layout.exactNumbers());
        format.writeNode(value, 0, 0);
        format.newLine(0);
        return format.out.toString();
    }

    /**
     * Writes a node where the cursor stands at the column {@code indent}, behind what introduces it.
     *
     * @param inner the indent of lines inside a block scalar
     */
    private void writeNode(Json value, int indent, int inner) {
        switch (value) {
            case Json.Members object when !object.members().isEmpty() -> writeMapping(object, indent);
            case Json.Array array when !array.items().isEmpty() -> writeSequence(array.items(), indent);
            case Json.Members ignored -> out.append("{}");
            case Json.Array ignored -> out.append("[]");
            case Json.Text text -> writeText(text.value(), inner, false);
            case Json.Numeral number when exactNumbers -> out.append(number.literal());
            case Json.Numeral number -> writeText(number.literal(), inner, false);
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null ignored -> out.append("null");
        }
    }

    private void writeMapping(Json.Members object, int indent) {
        boolean first = true;
        for (String key :
                object.members().keySet().stream().sorted(NaturalOrder.INSTANCE).toList()) {
            if (!first) {
                newLine(indent);
            }
            first = false;
            writeMember(key, Objects.requireNonNull(object.members().get(key)), indent);
        }
    }

    private void writeMember(String key, Json value, int indent) {
        int deeper = next(indent);
        boolean simple = !YamlText.analyze(key).multiline() && utf8Length(key) <= LONGEST_SIMPLE_KEY;
        if (simple) {
            writeText(key, deeper, true);
        } else {
            out.append("? ");
            writeText(key, deeper, false);
            newLine(indent);
        }
        out.append(':');
        if (!isBlock(value)) {
            out.append(' ');
        } else if (simple) {
            newLine(deeper);
        } else {
            out.append(" ".repeat(deeper - indent - 1));
        }
        writeNode(value, deeper, deeper);
    }

    private void writeSequence(List<Json> items, int indent) {
        boolean first = true;
        for (Json item : items) {
            if (!first) {
                newLine(indent);
            }
            first = false;
            out.append("- ");
            writeNode(item, indent + 2, indent + 2);
        }
    }

    private static boolean isBlock(Json value) {
        return (value instanceof Json.Members object && !object.members().isEmpty())
                || (value instanceof Json.Array array && !array.items().isEmpty());
    }

    /** Indents are multiples of four, but inside a sequence item. */
    private static int next(int indent) {
        return INDENT * ((indent + INDENT) / INDENT);
    }

    private void writeText(String text, int inner, boolean key) {
        switch (YamlScalar.of(text, key)) {
            case PLAIN -> out.append(text);
            case SINGLE_QUOTED -> writeSingleQuoted(text, inner);
            case DOUBLE_QUOTED -> writeDoubleQuoted(text);
            case LITERAL -> writeLiteral(text, inner);
        }
    }

    /** There are no line feeds here, but there may be breaks of other kinds. */
    private void writeSingleQuoted(String text, int indent) {
        out.append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i > 0 && YamlText.isBreak(text.charAt(i - 1)) && !YamlText.isBreak(c)) {
                out.append(" ".repeat(indent));
            }
            out.append(c == '\'' ? "''" : String.valueOf(c));
        }
        out.append('\'');
    }

    private void writeLiteral(String text, int indent) {
        out.append('|');
        if (text.charAt(0) == ' ' || YamlText.isBreak(text.charAt(0))) {
            out.append(INDENT);
        }
        int length = text.length();
        if (!YamlText.isBreak(text.charAt(length - 1))) {
            out.append('-');
        } else if (length == 1 || YamlText.isBreak(text.charAt(length - 2))) {
            out.append('+');
        }
        boolean lineStart = true;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (YamlText.isBreak(c)) {
                out.append(c);
                lineStart = true;
            } else {
                if (lineStart) {
                    if (i == 0) {
                        out.append('\n');
                    }
                    out.append(" ".repeat(indent));
                }
                out.append(c);
                lineStart = false;
            }
        }
    }

    private void writeDoubleQuoted(String text) {
        boolean startsWithMark = text.startsWith("\ufeff");
        out.append('"');
        text.codePoints().forEach(c -> {
            if (YamlText.isPrintable(c) && !startsWithMark && !YamlText.isBreak(c) && c != '"' && c != '\\') {
                out.appendCodePoint(c);
            } else {
                writeEscape(c);
            }
        });
        out.append('"');
    }

    private void writeEscape(int c) {
        out.append('\\');
        switch (c) {
            case 0 -> out.append('0');
            case 0x07 -> out.append('a');
            case '\b' -> out.append('b');
            case '\t' -> out.append('t');
            case '\n' -> out.append('n');
            case 0x0b -> out.append('v');
            case '\f' -> out.append('f');
            case '\r' -> out.append('r');
            case 0x1b -> out.append('e');
            case '"' -> out.append('"');
            case '\\' -> out.append('\\');
            case 0x85 -> out.append('N');
            case 0xA0 -> out.append('_');
            case 0x2028 -> out.append('L');
            case 0x2029 -> out.append('P');
            default -> {
                if (c <= 0xff) {
                    out.append("x%02X".formatted(c));
                } else if (c <= 0xffff) {
                    out.append("u%04X".formatted(c));
                } else {
                    out.append("U%08X".formatted(c));
                }
            }
        }
    }

    private void newLine(int indent) {
        if (!YamlText.isBreak(out.charAt(out.length() - 1))) {
            out.append('\n');
        }
        out.append(" ".repeat(indent));
    }

    private static int utf8Length(String text) {
        return text.codePoints()
                .map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }
}
