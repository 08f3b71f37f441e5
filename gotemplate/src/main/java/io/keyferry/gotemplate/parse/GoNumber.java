package io.keyferry.gotemplate.parse;

import java.math.BigInteger;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers as strconv reads them, with base prefixes and underscores. */
final class GoNumber {
    /** No number with more digits fits 64 bits: binary ones have at most so many behind their zeros. */
    private static final int LONGEST_INTEGER = 64;

    /** Beyond so many digits Go loses count of them, so such a number is refused. */
    private static final int LONGEST_FLOAT = 800;

    private GoNumber() {}

    static OptionalLong parseInt(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        BigInteger magnitude = magnitude(signed ? text.substring(1) : text);
        if (magnitude.signum() < 0) {
            return OptionalLong.empty();
        }
        BigInteger number = text.startsWith("-") ? magnitude.negate() : magnitude;
        return number.bitLength() < Long.SIZE ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    static boolean isUint(String text) {
        BigInteger number = magnitude(text);
        return number.signum() >= 0 && number.bitLength() <= Long.SIZE;
    }

    /** The value of what {@link #isUint} accepts. */
    static double uintAsDouble(String text) {
        return magnitude(text).doubleValue();
    }

    /** Below zero if the text is no integer, or one far too large. */
    private static BigInteger magnitude(String text) {
        BigInteger none = BigInteger.ONE.negate();
        if (text.isEmpty() || !underscoresAreRight(text)) {
            return none;
        }
        int radix = 10;
        String digits = text;
        if (text.length() > 1 && text.charAt(0) == '0') {
            radix = switch (text.charAt(1)) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> -8;
            };
            digits = text.substring(radix < 0 ? 1 : 2);
            radix = Math.abs(radix);
        }
        digits = digits.replace("_", "");
        if (digits.isEmpty()) {
            return none;
        }
        int firstDigit = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            if (digit < 0) {
                return none;
            }
            if (digit == 0 && firstDigit == i) {
                firstDigit++;
            }
        }
        if (digits.length() - firstDigit > LONGEST_INTEGER) {
            return none;
        }
        return firstDigit == digits.length() ? BigInteger.ZERO : new BigInteger(digits.substring(firstDigit), radix);
    }

    /** Decimal or hexadecimal; empty if it is neither, too large or too long. */
    static OptionalDouble parseFloat(String text) {
        if (text.length() > LONGEST_FLOAT) {
            return OptionalDouble.empty();
        }
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        boolean hex = text.regionMatches(true, at, "0x", 0, 2);
        String digits = hex ? "0123456789abcdefABCDEF_" : "0123456789_";
        int start = hex ? at + 2 : at;
        int whole = skip(text, start, digits);
        int fraction = whole < text.length() && text.charAt(whole) == '.' ? skip(text, whole + 1, digits) : whole;
        if (!hasDigit(text, start, fraction)) {
            return OptionalDouble.empty();
        }
        int end = fraction;
        boolean exponent = fraction < text.length() && (hex ? "pP" : "eE").indexOf(text.charAt(fraction)) >= 0;
        if (exponent) {
            int first = fraction + 1;
            if (first < text.length() && "+-".indexOf(text.charAt(first)) >= 0) {
                first++;
            }
            end = skip(text, first, "0123456789_");
            if (end == first || text.charAt(first) == '_') {
                return OptionalDouble.empty();
            }
        }
        if (end != text.length() || (hex && !exponent) || !underscoresAreRight(text.substring(at))) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text.replace("_", ""));
        return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static int skip(String text, int from, String characters) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static boolean hasDigit(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '_' && text.charAt(i) != '.') {
                return true;
            }
        }
        return false;
    }

    /** An underscore stands between two digits, where the prefix of a base counts for one. */
    private static boolean underscoresAreRight(String text) {
        if (text.indexOf('_') < 0) {
            return true;
        }
        boolean based = text.length() > 1 && text.charAt(0) == '0' && "xXoObB".indexOf(text.charAt(1)) >= 0;
        boolean hex = based && "xX".indexOf(text.charAt(1)) >= 0;
        char before = based ? '0' : ' ';
        for (int i = based ? 2 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = Character.digit(c, hex ? 16 : 10) >= 0;
            if (c == '_' ? before != '0' : !digit && before == '_') {
                return false;
            }
            before = c == '_' ? '_' : digit ? '0' : '!';
        }
        return before != '_';
    }
}
