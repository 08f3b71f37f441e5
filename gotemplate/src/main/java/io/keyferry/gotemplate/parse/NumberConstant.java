package io.keyferry.gotemplate.parse;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A number as written, and what it may serve as: one that is whole is an integer and a float at once, {@code 1e3} too.
 *
 * @param integer the number if it fits an int
 * @param unsigned whether it fits an unsigned integer
 * @param real the number if it is real
 * @param complex whether it was written with an imaginary part; {@code 0i} is real all the same
 */
public record NumberConstant(
        String text,
        OptionalLong integer,
        boolean unsigned,
        OptionalDouble real,
        boolean complex,
        double re,
        double im) {
    private static final double TWO_TO_63 = 0x1p63;
    private static final double TWO_TO_64 = 0x1p64;

    static NumberConstant character(String text) throws BadLiteralException {
        int c = StringLiteral.character(text);
        return new NumberConstant(text, OptionalLong.of(c), true, OptionalDouble.of(c), false, 0, 0);
    }

    /** A number with a real and an imaginary part. */
    static NumberConstant complex(String text) throws BadLiteralException {
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        boolean exponent = "eEpP".indexOf(text.charAt(sign - 1)) >= 0 && !isHexDigitBefore(text, sign);
        if (exponent) {
            sign = Math.max(text.lastIndexOf('+', sign - 1), text.lastIndexOf('-', sign - 1));
        }
        OptionalDouble re = GoNumber.parseFloat(text.substring(0, sign));
        OptionalDouble im = GoNumber.parseFloat(text.substring(sign, text.length() - 1));
        if (re.isEmpty() || im.isEmpty()) {
            throw new BadLiteralException("illegal number syntax: \"" + text + "\"");
        }
        return complex(text, re.getAsDouble(), im.getAsDouble());
    }

    static NumberConstant number(String text) throws BadLiteralException {
        if (text.endsWith("i")) {
            OptionalDouble im = GoNumber.parseFloat(text.substring(0, text.length() - 1));
            if (im.isPresent()) {
                return complex(text, 0, im.getAsDouble());
            }
        }
        OptionalLong integer = GoNumber.parseInt(text);
        boolean unsigned = GoNumber.isUint(text) || (integer.isPresent() && integer.getAsLong() == 0);
        if (integer.isPresent()) {
            double real = integer.getAsLong();
            return new NumberConstant(text, integer, unsigned, OptionalDouble.of(real), false, 0, 0);
        }
        if (unsigned) {
            double real = GoNumber.uintAsDouble(text);
            return new NumberConstant(text, integer, true, OptionalDouble.of(real), false, 0, 0);
        }
        OptionalDouble real = GoNumber.parseFloat(text);
        if (real.isEmpty()) {
            throw new BadLiteralException("illegal number syntax: \"" + text + "\"");
        }
        if (text.chars().noneMatch(c -> ".eEpP".indexOf(c) >= 0)) {
            throw new BadLiteralException("integer overflow: \"" + text + "\"");
        }
        double value = real.getAsDouble();
        return new NumberConstant(text, whole(value), isWholeUnsigned(value), real, false, 0, 0);
    }

    /** Whether it is a float where nothing says what it must be. */
    public boolean isFloatByItself() {
        boolean hex = text.length() > 2
                && text.charAt(0) == '0'
                && (text.charAt(1) == 'x' || text.charAt(1) == 'X')
                && text.indexOf('p') < 0
                && text.indexOf('P') < 0;
        boolean character = text.startsWith("'");
        return real.isPresent() && !hex && !character && text.chars().anyMatch(c -> ".eEpP".indexOf(c) >= 0);
    }

    private static NumberConstant complex(String text, double re, double im) {
        if (im != 0) {
            return new NumberConstant(text, OptionalLong.empty(), false, OptionalDouble.empty(), true, re, im);
        }
        return new NumberConstant(text, whole(re), isWholeUnsigned(re), OptionalDouble.of(re), true, re, im);
    }

    private static boolean isHexDigitBefore(String text, int sign) {
        // In 0x1e+2i the e is a digit.
        int start = Math.max(text.lastIndexOf('+', sign - 1), text.lastIndexOf('-', sign - 1)) + 1;
        boolean hex = text.regionMatches(true, start, "0x", 0, 2);
        return hex && "eE".indexOf(text.charAt(sign - 1)) >= 0;
    }

    private static OptionalLong whole(double value) {
        boolean fits = value >= -TWO_TO_63 && value < TWO_TO_63 && Math.rint(value) == value;
        return fits ? OptionalLong.of((long) value) : OptionalLong.empty();
    }

    private static boolean isWholeUnsigned(double value) {
        return value >= 0 && value < TWO_TO_64 && Math.rint(value) == value;
    }
}
