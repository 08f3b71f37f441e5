package io.keyferry.gotext;

/** Text in double quotes as Go's {@code %q} prints it. */
public final class GoQuote {
    private GoQuote() {}

    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> append(quoted, c));
        return quoted.append('"').toString();
    }

    /** A character by its number, and itself if it is printable, as {@code %#U} has it. */
    public static String unicode(int c) {
        String number = "U+%04X".formatted(c);
        return isPrintable(c) ? number + " '" + Character.toString(c) + "'" : number;
    }

    private static void append(StringBuilder quoted, int c) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case 0x07 -> quoted.append("\\a");
            case '\b' -> quoted.append("\\b");
            case '\f' -> quoted.append("\\f");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case 0x0b -> quoted.append("\\v");
            default -> {
                if (isPrintable(c)) {
                    quoted.appendCodePoint(c);
                } else if (c < 0x80) {
                    quoted.append("\\x%02x".formatted(c));
                } else if (c < 0x10000) {
                    quoted.append("\\u%04x".formatted(c));
                } else {
                    quoted.append("\\U%08x".formatted(c));
                }
            }
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
