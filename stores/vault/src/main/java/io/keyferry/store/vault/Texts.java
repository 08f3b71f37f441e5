package io.keyferry.store.vault;

/** Makes text from outside fit for messages: bounded, and free of control characters. */
final class Texts {
    private static final int LIMIT = 1024;

    private Texts() {}

    /** At most 1024 characters of the text, control characters other than newline as spaces. */
    static String plain(String text) {
        boolean cut = text.length() > LIMIT;
        StringBuilder plain = new StringBuilder(cut ? text.substring(0, LIMIT) : text);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if ((Character.isISOControl(c) && c != '\n') || c == '\u2028' || c == '\u2029') {
                plain.setCharAt(i, ' ');
            }
        }
        return cut ? plain.append("…").toString() : plain.toString();
    }

    /** The text on one line in double quotes. */
    static String quoted(String text) {
        return '"' + plain(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** A URL without user name and password. */
    static String withoutUserInfo(String url) {
        return url.replaceFirst("(?s)//\\S*@", "//");
    }
}
