package io.keyferry.gotemplate.parse;

/** A place in template text that moves forward, and the token that grows behind it. */
final class Cursor {
    static final int END = -1;

    private final String source;
    private int start;
    private int startLine = 1;
    private int at;
    private int line = 1;

    Cursor(String source) {
        this.source = source;
    }

    boolean atEnd() {
        return at == source.length();
    }

    /** The code point at the place, or {@link #END}. */
    int peek() {
        return atEnd() ? END : source.codePointAt(at);
    }

    int next() {
        int c = peek();
        if (c != END) {
            skip(Character.charCount(c));
        }
        return c;
    }

    void skip(int units) {
        for (int end = at + units; at < end; at++) {
            if (source.charAt(at) == '\n') {
                line++;
            }
        }
    }

    /** As Go skips a comment: its lines do not count in messages of the parser. */
    void skipUncounted(int units) {
        at += units;
    }

    void skipSpace() {
        while (!atEnd() && isSpace(source.charAt(at))) {
            skip(1);
        }
    }

    /** Moves past one character if it is among those of {@code choice}. */
    boolean accept(String choice) {
        int c = peek();
        if (c == END || choice.indexOf(c) < 0) {
            return false;
        }
        skip(1);
        return true;
    }

    void acceptAll(String choice) {
        while (accept(choice)) {
            // Goes on by itself.
        }
    }

    boolean startsWith(String text) {
        return source.startsWith(text, at);
    }

    boolean startsWith(String text, int ahead) {
        return source.startsWith(text, at + ahead);
    }

    boolean startsWithDigit(int ahead) {
        int c = at + ahead < source.length() ? source.charAt(at + ahead) : END;
        return c >= '0' && c <= '9';
    }

    /** Whether there is a space, tab or line end so many units ahead. */
    boolean spaceAhead(int units) {
        return at + units < source.length() && isSpace(source.charAt(at + units));
    }

    /** The units from here to the next occurrence of {@code text}, or -1. */
    int distanceTo(String text) {
        int found = source.indexOf(text, at);
        return found < 0 ? -1 : found - at;
    }

    int distanceToEnd() {
        return source.length() - at;
    }

    /** The units of the token so far. */
    int size() {
        return at - start;
    }

    String text() {
        return source.substring(start, at);
    }

    /** Ends the token here and begins another one. */
    Token take(TokenKind kind) {
        Token token = new Token(kind, text(), start, startLine);
        drop();
        return token;
    }

    Token error(String message) {
        return new Token(TokenKind.ERROR, message, start, startLine);
    }

    /** Begins the token here. */
    void drop() {
        start = at;
        startLine = line;
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
