package io.keyferry.gotemplate.parse;

import io.keyferry.gotext.GoQuote;

/**
 * A piece of template text.
 *
 * @param text what stands in the template, or for an error its message
 * @param position where it begins, in UTF-16 units
 * @param line where it begins, counted from 1
 */
record Token(TokenKind kind, String text, int position, int line) {
    private static final int LONGEST_SHOWN = 10;

    /** As messages show it. */
    String shown() {
        if (kind == TokenKind.EOF) {
            return "EOF";
        }
        if (kind == TokenKind.ERROR) {
            return text;
        }
        if (kind.isKeyword()) {
            return "<" + text + ">";
        }
        if (Utf8.length(text) > LONGEST_SHOWN) {
            int end = text.offsetByCodePoints(0, Math.min(LONGEST_SHOWN, text.codePointCount(0, text.length())));
            return GoQuote.quote(text.substring(0, end)) + "...";
        }
        return GoQuote.quote(text);
    }
}
