package io.keyferry.engine.content;

/** What users wrote, fit for one line of a message: bounded, and free of control characters. */
public final class OneLine {
    private static final int LONGEST = 200;

    private OneLine() {}

    /** At most 200 characters of {@code text}, control characters as question marks. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> plain.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return text.length() > LONGEST ? plain.append("...").toString() : plain.toString();
    }
}
