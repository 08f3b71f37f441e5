package io.keyferry.gotemplate.parse;

import static io.keyferry.gotemplate.parse.Cursor.END;

import io.keyferry.gotemplate.fmt.Printable;
import io.keyferry.gotext.GoQuote;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts template text into tokens, one at a time. After an error or the end there is only the end. */
final class Lexer {
    private static final String LEFT = "{{";
    private static final String RIGHT = "}}";
    private static final Map<String, TokenKind> KEYWORDS = Map.ofEntries(
            Map.entry("true", TokenKind.BOOL),
            Map.entry("false", TokenKind.BOOL),
            Map.entry("nil", TokenKind.NIL),
            Map.entry("block", TokenKind.BLOCK),
            Map.entry("break", TokenKind.BREAK),
            Map.entry("continue", TokenKind.CONTINUE),
            Map.entry("define", TokenKind.DEFINE),
            Map.entry("else", TokenKind.ELSE),
            Map.entry("end", TokenKind.END),
            Map.entry("if", TokenKind.IF),
            Map.entry("range", TokenKind.RANGE),
            Map.entry("template", TokenKind.TEMPLATE),
            Map.entry("with", TokenKind.WITH));

    private final Cursor cursor;
    private final Set<String> functions;
    private boolean insideAction;
    private int openParens;
    private boolean over;

    /** @param functions the functions that exist: {@code break} and {@code continue} are none of the language then */
    Lexer(String source, Set<String> functions) {
        this.cursor = new Cursor(source);
        this.functions = functions;
    }

    Token next() {
        if (over) {
            return cursor.take(TokenKind.EOF);
        }
        Token token = insideAction ? action() : text();
        over = token.kind() == TokenKind.ERROR || token.kind() == TokenKind.EOF;
        return token;
    }

    private Token text() {
        while (true) {
            int distance = cursor.distanceTo(LEFT);
            if (distance < 0) {
                if (cursor.atEnd()) {
                    return cursor.take(TokenKind.EOF);
                }
                cursor.skip(cursor.distanceToEnd());
                return cursor.take(TokenKind.TEXT);
            }
            if (distance > 0) {
                Token text = textBefore(distance);
                if (!text.text().isEmpty()) {
                    return text;
                }
            }
            int marker = cursor.startsWith("-", 2) && cursor.spaceAhead(3) ? 2 : 0;
            if (!cursor.startsWith("/*", 2 + marker)) {
                cursor.skip(2);
                Token delimiter = cursor.take(TokenKind.LEFT_DELIMITER);
                cursor.skip(marker);
                cursor.drop();
                insideAction = true;
                openParens = 0;
                return delimiter;
            }
            cursor.skip(2 + marker);
            cursor.drop();
            Token error = comment();
            if (error != null) {
                return error;
            }
        }
    }

    /** The text up to a left delimiter, without the space that a trim marker takes from it. */
    private Token textBefore(int distance) {
        boolean trim = cursor.startsWith("-", distance + 2) && cursor.spaceAhead(distance + 3);
        int kept = distance;
        while (trim && kept > 0 && cursor.spaceAhead(kept - 1)) {
            kept--;
        }
        cursor.skip(kept);
        Token text = cursor.take(TokenKind.TEXT);
        cursor.skip(distance - kept);
        cursor.drop();
        return text;
    }

    /** Null if all is well. */
    private @Nullable Token comment() {
        cursor.skip(2);
        int distance = cursor.distanceTo("*/");
        if (distance < 0) {
            return cursor.error("unclosed comment");
        }
        cursor.skipUncounted(distance + 2);
        if (!atRightDelimiter()) {
            return cursor.error("comment ends before closing delimiter");
        }
        skipRightDelimiter();
        return null;
    }

    private boolean atRightDelimiter() {
        return atTrimmingDelimiter() || cursor.startsWith(RIGHT);
    }

    private boolean atTrimmingDelimiter() {
        return cursor.spaceAhead(0) && cursor.startsWith("-" + RIGHT, 1);
    }

    private Token skipRightDelimiter() {
        boolean trim = atTrimmingDelimiter();
        if (trim) {
            cursor.skip(2);
            cursor.drop();
        }
        cursor.skip(2);
        Token delimiter = cursor.take(TokenKind.RIGHT_DELIMITER);
        if (trim) {
            cursor.skipSpace();
            cursor.drop();
        }
        return delimiter;
    }

    private Token action() {
        if (atRightDelimiter()) {
            if (openParens > 0) {
                return cursor.error("unclosed left paren");
            }
            insideAction = false;
            return skipRightDelimiter();
        }
        int c = cursor.peek();
        if (Cursor.isSpace(c)) {
            return space();
        }
        if (c == '+' || c == '-' || isDecimal(c) || (c == '.' && numberFollows())) {
            return NumberScan.take(cursor);
        }
        if (isAlphanumeric(c)) {
            return word();
        }
        cursor.next();
        return switch (c) {
            case END -> cursor.error("unclosed action");
            case '=' -> cursor.take(TokenKind.ASSIGN);
            case ':' -> cursor.next() == '=' ? cursor.take(TokenKind.DECLARE) : cursor.error("expected :=");
            case '|' -> cursor.take(TokenKind.PIPE);
            case '"' -> quoted('"', TokenKind.STRING, "unterminated quoted string");
            case '\'' -> quoted('\'', TokenKind.CHAR_CONSTANT, "unterminated character constant");
            case '`' -> rawString();
            case '$' -> named(TokenKind.VARIABLE, TokenKind.VARIABLE);
            case '.' -> named(TokenKind.FIELD, TokenKind.DOT);
            case '(' -> {
                openParens++;
                yield cursor.take(TokenKind.LEFT_PAREN);
            }
            case ')' -> {
                openParens--;
                yield openParens < 0 ? cursor.error("unexpected right paren") : cursor.take(TokenKind.RIGHT_PAREN);
            }
            default -> {
                if (c >= ' ' && c < 0x7f) {
                    yield cursor.take(TokenKind.CHARACTER);
                }
                yield cursor.error("unrecognized character in action: " + GoQuote.unicode(c));
            }
        };
    }

    /** A dot at the very end of the text counts for a number, too. */
    private boolean numberFollows() {
        return cursor.distanceToEnd() == 1 || cursor.startsWithDigit(1);
    }

    /** A trimming right delimiter has the last of the spaces for itself. */
    private Token space() {
        while (Cursor.isSpace(cursor.peek()) && !atTrimmingDelimiter()) {
            cursor.skip(1);
        }
        return cursor.take(TokenKind.SPACE);
    }

    private Token word() {
        skipWord();
        if (!atTerminator()) {
            return badCharacter();
        }
        String word = cursor.text();
        TokenKind kind = KEYWORDS.getOrDefault(word, TokenKind.IDENTIFIER);
        boolean loopControl = kind == TokenKind.BREAK || kind == TokenKind.CONTINUE;
        return cursor.take(loopControl && functions.contains(word) ? TokenKind.IDENTIFIER : kind);
    }

    /** A field or variable whose first character is behind; {@code bare} is what that character means alone. */
    private Token named(TokenKind kind, TokenKind bare) {
        if (atTerminator()) {
            return cursor.take(bare);
        }
        skipWord();
        return atTerminator() ? cursor.take(kind) : badCharacter();
    }

    private void skipWord() {
        while (isAlphanumeric(cursor.peek())) {
            cursor.next();
        }
    }

    private Token badCharacter() {
        return cursor.error("bad character " + GoQuote.unicode(cursor.peek()));
    }

    private boolean atTerminator() {
        int c = cursor.peek();
        return c == END || Cursor.isSpace(c) || ".,|:)(".indexOf(c) >= 0 || cursor.startsWith(RIGHT);
    }

    private Token quoted(char quote, TokenKind kind, String unterminated) {
        while (true) {
            int c = cursor.next();
            if (c == '\\') {
                c = cursor.next();
            } else if (c == quote) {
                return cursor.take(kind);
            }
            if (c == END || c == '\n') {
                return cursor.error(unterminated);
            }
        }
    }

    private Token rawString() {
        int distance = cursor.distanceTo("`");
        if (distance < 0) {
            return cursor.error("unterminated raw quoted string");
        }
        cursor.skip(distance + 1);
        return cursor.take(TokenKind.RAW_STRING);
    }

    private static boolean isDecimal(int c) {
        return c >= '0' && c <= '9';
    }

    /** Letters that came after Go 1.23 are none to it, and do not count for printable. */
    static boolean isAlphanumeric(int c) {
        return c == '_' || ((Character.isLetter(c) || Character.isDigit(c)) && Printable.test(c));
    }
}
