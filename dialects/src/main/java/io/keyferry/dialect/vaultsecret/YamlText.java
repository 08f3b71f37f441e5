package io.keyferry.dialect.vaultsecret;

/**
 * What gopkg.in/yaml.v3 finds out about a string before it chooses a layout in block context.
 *
 * @param multiline whether it has line breaks
 * @param plainAllowed whether it can stand without quotes
 * @param singleQuotedAllowed whether it can stand in single quotes
 * @param literalAllowed whether it can stand as a literal block
 */
record YamlText(boolean multiline, boolean plainAllowed, boolean singleQuotedAllowed, boolean literalAllowed) {
    private static final String FIRST_INDICATORS = "#,[]{}&*!|>'\"%@`";

    static YamlText analyze(String text) {
        if (text.isEmpty()) {
            return new YamlText(false, true, true, false);
        }
        int[] c = text.codePoints().toArray();
        boolean indicators = text.startsWith("---") || text.startsWith("...");
        boolean breaks = false;
        boolean special = false;
        boolean tabs = false;
        boolean edgeBreak = false;
        boolean breakSpace = false;
        boolean spaceBreak = false;
        for (int i = 0; i < c.length; i++) {
            boolean blankFollows = i + 1 == c.length || c[i + 1] == ' ' || c[i + 1] == '\t';
            boolean blankPrecedes = i == 0 || isBlankOrBreak(c[i - 1]);
            indicators |= isIndicator(c[i], i == 0, blankPrecedes, blankFollows);
            tabs |= c[i] == '\t';
            special |= c[i] != '\t' && !isPrintable(c[i]);
            if (c[i] == ' ') {
                breakSpace |= i > 0 && isBreak(c[i - 1]);
            } else if (isBreak(c[i])) {
                breaks = true;
                edgeBreak |= i == 0 || i + 1 == c.length;
                spaceBreak |= i > 0 && c[i - 1] == ' ';
            }
        }
        boolean leadingSpace = c[0] == ' ';
        boolean trailingSpace = c[c.length - 1] == ' ';
        boolean plain = !(leadingSpace || trailingSpace || edgeBreak || breakSpace || spaceBreak || tabs || special)
                && !breaks
                && !indicators;
        boolean single = !(breakSpace || spaceBreak || tabs || special);
        boolean literal = !(trailingSpace || spaceBreak || special);
        return new YamlText(breaks, plain, single, literal);
    }

    static boolean isPrintable(int c) {
        return c == '\n'
                || (c >= 0x20 && c <= 0x7E)
                || (c >= 0xA0 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF);
    }

    static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static boolean isIndicator(int c, boolean first, boolean blankPrecedes, boolean blankFollows) {
        if (first) {
            return FIRST_INDICATORS.indexOf(c) >= 0 || ((c == '?' || c == ':' || c == '-') && blankFollows);
        }
        return (c == ':' && blankFollows) || (c == '#' && blankPrecedes);
    }

    private static boolean isBlankOrBreak(int c) {
        return c == ' ' || c == '\t' || isBreak(c) || c == 0;
    }
}
