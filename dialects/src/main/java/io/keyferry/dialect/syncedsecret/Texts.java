package io.keyferry.dialect.syncedsecret;

/** What users wrote, fit for one line of a message. */
final class Texts {
    private static final int LONGEST = 200;

    private Texts() {}

    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> plain.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return text.length() > LONGEST ? plain.append("...").toString() : plain.toString();
    }
}
