package io.keyferry.gotemplate.parse;

import io.keyferry.gotext.GoQuote;

/** Finds where a number ends. What it is worth, and whether it is one at all, {@link NumberNode} knows. */
final class NumberScan {
    private static final String DECIMAL = "0123456789_";
    private static final String HEXADECIMAL = "0123456789abcdefABCDEF_";

    private NumberScan() {}

    static Token take(Cursor cursor) {
        if (!skip(cursor)) {
            return bad(cursor);
        }
        if (cursor.peek() != '+' && cursor.peek() != '-') {
            return cursor.take(TokenKind.NUMBER);
        }
        // Both parts of a complex number, with nothing between them.
        if (!skip(cursor) || !cursor.text().endsWith("i")) {
            return bad(cursor);
        }
        return cursor.take(TokenKind.COMPLEX);
    }

    private static Token bad(Cursor cursor) {
        return cursor.error("bad number syntax: " + GoQuote.quote(cursor.text()));
    }

    private static boolean skip(Cursor cursor) {
        cursor.accept("+-");
        String digits = DECIMAL;
        if (cursor.accept("0")) {
            if (cursor.accept("xX")) {
                digits = HEXADECIMAL;
            } else if (cursor.accept("oO")) {
                digits = "01234567_";
            } else if (cursor.accept("bB")) {
                digits = "01_";
            }
        }
        cursor.acceptAll(digits);
        if (cursor.accept(".")) {
            cursor.acceptAll(digits);
        }
        String exponents = digits.equals(DECIMAL) ? "eE" : digits.equals(HEXADECIMAL) ? "pP" : "";
        if (cursor.accept(exponents)) {
            cursor.accept("+-");
            cursor.acceptAll(DECIMAL);
        }
        cursor.accept("i");
        if (Lexer.isAlphanumeric(cursor.peek())) {
            cursor.next();
            return false;
        }
        return true;
    }
}
