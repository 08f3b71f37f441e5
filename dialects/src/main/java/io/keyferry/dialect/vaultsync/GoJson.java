package io.keyferry.dialect.vaultsync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads JSON as Go's encoding/json does, and complains in its words. Values are String, {@link Text} for numbers, Boolean,
 * List, {@link Members}, and an empty Optional for null.
 */
final class GoJson {
    /** Levels that are read; an annotation has no use for more, and they would exhaust the stack. */
    private static final int MOST_LEVELS = 100;

    /** A number as it was written. */
    record Text(String digits) {}

    /** One member of an object. */
    record Member(String name, Object value) {}

    /** The members of an object, in their order, repeated ones too. */
    record Members(List<Member> list) {}

    private final String text;
    private int at;
    private int level;

    private GoJson(String text) {
        this.text = text;
    }

    static Object parse(String text) throws GoJsonException {
        GoJson json = new GoJson(text);
        Object value = json.value();
        json.skipSpace();
        if (json.at < text.length()) {
            throw json.invalid("after top-level value");
        }
        return value;
    }

    private Object value() throws GoJsonException {
        skipSpace();
        if (++level > MOST_LEVELS) {
            throw new GoJsonException("exceeded max depth");
        }
        try {
            return switch (peek()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                case 't' -> literal("true", true);
                case 'f' -> literal("false", false);
                case 'n' -> literal("null", Optional.empty());
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
                default -> throw invalid("looking for beginning of value");
            };
        } finally {
            level--;
        }
    }

    private Members object() throws GoJsonException {
        List<Member> members = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return new Members(members);
        }
        while (true) {
            skipSpace();
            if (peek() != '"') {
                throw invalid("looking for beginning of object key string");
            }
            String name = string();
            skipSpace();
            if (peek() != ':') {
                throw invalid("after object key");
            }
            at++;
            members.add(new Member(name, value()));
            skipSpace();
            switch (peek()) {
                case ',' -> at++;
                case '}' -> {
                    at++;
                    return new Members(members);
                }
                default -> throw invalid("after object key:value pair");
            }
        }
    }

    private List<Object> array() throws GoJsonException {
        List<Object> elements = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            elements.add(value());
            skipSpace();
            switch (peek()) {
                case ',' -> at++;
                case ']' -> {
                    at++;
                    return elements;
                }
                default -> throw invalid("after array element");
            }
        }
    }

    private String string() throws GoJsonException {
        StringBuilder string = new StringBuilder();
        at++;
        while (true) {
            char c = peek();
            if (c == '"') {
                at++;
                return Surrogates.replaced(string.toString());
            }
            if (c < ' ') {
                throw invalid("in string literal");
            }
            at++;
            string.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() throws GoJsonException {
        char c = peek();
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            at++;
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        if (c != 'u') {
            throw invalid("in string escape code");
        }
        at++;
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw invalid("in \\u hexadecimal character escape");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Object literal(String word, Object value) throws GoJsonException {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw invalid("in literal %s (expecting '%c')".formatted(word, word.charAt(i)));
            }
            at++;
        }
        return value;
    }

    private Text number() throws GoJsonException {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (!isDigit(peek())) {
            throw invalid("in numeric literal");
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            if (!isDigit(peek())) {
                throw invalid("after decimal point in numeric literal");
            }
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            if (!isDigit(peek())) {
                throw invalid("in exponent of numeric literal");
            }
            digits();
        }
        return new Text(text.substring(start, at));
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws GoJsonException {
        if (at >= text.length()) {
            throw new GoJsonException("unexpected end of JSON input");
        }
        return text.charAt(at);
    }

    private GoJsonException invalid(String context) {
        return new GoJsonException("invalid character %s %s".formatted(quoted(text.charAt(at)), context));
    }

    /** Go looks at bytes: of a character beyond ASCII it names the first. */
    private static String quoted(char c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default -> c < ' ' || c == 0x7f ? "'\\x%02x'".formatted((int) c) : "'" + leading(c) + "'";
        };
    }

    private static char leading(char c) {
        return c < 0x80 ? c : (char) (String.valueOf(c).getBytes(java.nio.charset.StandardCharsets.UTF_8)[0] & 0xff);
    }
}
