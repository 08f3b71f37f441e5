package io.keyferry.dialect.vaultsecret;

import io.keyferry.gotext.GoTime;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/** Which layout gopkg.in/yaml.v3 chooses for a string. */
enum YamlScalar {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL;

    private static final Set<String> RESERVED = Set.of(
            "",
            "~",
            "null",
            "Null",
            "NULL",
            "true",
            "True",
            "TRUE",
            "false",
            "False",
            "FALSE",
            ".nan",
            ".NaN",
            ".NAN",
            ".inf",
            ".Inf",
            ".INF",
            "+.inf",
            "+.Inf",
            "+.INF",
            "-.inf",
            "-.Inf",
            "-.INF",
            // Booleans of YAML 1.1, quoted for readers of that age.
            "y",
            "Y",
            "yes",
            "Yes",
            "YES",
            "on",
            "On",
            "ON",
            "n",
            "N",
            "no",
            "No",
            "NO",
            "off",
            "Off",
            "OFF");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]++|[0-9]++(\\.[0-9]*+)?+)([eE][-+]?[0-9]++)?+");
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("(?<=[0-9])_(?=[0-9])");
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*+(?::[0-5]?[0-9])++(?:\\.[0-9_]*+)?+");
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger SMALLEST = BigInteger.ONE.shiftLeft(63).negate();

    /** @param key whether it is the key of a mapping and short enough to stand on one line */
    static YamlScalar of(String text, boolean key) {
        YamlText analysis = YamlText.analyze(text);
        YamlScalar style;
        if (text.indexOf('\n') >= 0) {
            style = LITERAL;
        } else {
            style = readsAsString(text) ? PLAIN : DOUBLE_QUOTED;
        }
        if (key && analysis.multiline()) {
            style = DOUBLE_QUOTED;
        }
        if (style == PLAIN && (!analysis.plainAllowed() || (key && text.isEmpty()))) {
            style = SINGLE_QUOTED;
        }
        if (style == SINGLE_QUOTED && !analysis.singleQuotedAllowed()) {
            style = DOUBLE_QUOTED;
        }
        if (style == LITERAL && (key || !analysis.literalAllowed())) {
            style = DOUBLE_QUOTED;
        }
        return style;
    }

    private static boolean readsAsString(String text) {
        if (RESERVED.contains(text)) {
            return false;
        }
        char first = text.charAt(0);
        boolean numeric = first == '+' || first == '-' || (first >= '0' && first <= '9');
        if (first == '.') {
            return !isGoFloat(text);
        }
        if (!numeric) {
            return true;
        }
        String bare = text.replace("_", "");
        return !GoTime.isYamlTimestamp(text)
                && !isInteger(bare)
                && !isFiniteFloat(bare)
                && !(text.indexOf(':') >= 0 && BASE_60.matcher(text).matches());
    }

    /** Go's ParseInt and ParseUint with base 0, and what yaml.v3 adds to them. */
    private static boolean isInteger(String text) {
        boolean negative = text.startsWith("-");
        boolean signed = negative || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        int radix = 10;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            radix = switch (digits.charAt(1)) {
                case 'x', 'X' -> 16;
                case 'b', 'B' -> 2;
                case 'o', 'O' -> 8;
                default -> 0;
            };
            digits = radix == 0 ? digits.substring(1) : digits.substring(2);
            radix = radix == 0 ? 8 : radix;
        }
        if (digits.isEmpty() || !isNumber(digits, radix)) {
            return false;
        }
        BigInteger value = new BigInteger(digits, radix);
        value = negative ? value.negate() : value;
        BigInteger largest = signed ? SMALLEST.negate().subtract(BigInteger.ONE) : LARGEST;
        return value.compareTo(SMALLEST) >= 0 && value.compareTo(largest) <= 0;
    }

    private static boolean isNumber(String digits, int radix) {
        return digits.length() <= 70 && digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
    }

    private static boolean isFiniteFloat(String text) {
        return FLOAT.matcher(text).matches() && !Double.isInfinite(Double.parseDouble(text));
    }

    /** Go's ParseFloat, of what begins with a point: there an underscore may stand between digits. */
    private static boolean isGoFloat(String text) {
        return isFiniteFloat(BETWEEN_DIGITS.matcher(text).replaceAll(""));
    }
}
