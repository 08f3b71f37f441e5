package io.keyferry.dialect.vaultsync;

/** Halves of characters, which JSON can name and text cannot hold. */
final class Surrogates {
    private Surrogates() {}

    /** The text with U+FFFD for each lone half, as Go decodes it. */
    static String replaced(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(c -> whole.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return whole.toString();
    }
}
