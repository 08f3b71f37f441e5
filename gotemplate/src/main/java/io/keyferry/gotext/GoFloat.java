package io.keyferry.gotext;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating-point numbers as Go's {@code strconv.FormatFloat(f, 'g', -1, 64)} prints them: the fewest digits that read
 * back as the same number, with an exponent of at least two digits below 0.0001 and from 1000000 up.
 */
public final class GoFloat {
    private static final int SMALLEST_PLAIN_EXPONENT = -4;
    private static final int FIRST_LARGE_EXPONENT = 6;

    private GoFloat() {}

    public static String format(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal exact = shortest(Math.abs(value));
        String digits = exact.unscaledValue().toString();
        int exponent = digits.length() - exact.scale() - 1;
        String sign = value < 0 ? "-" : "";
        if (exponent < SMALLEST_PLAIN_EXPONENT || exponent >= FIRST_LARGE_EXPONENT) {
            return sign + scientific(digits, exponent);
        }
        return sign + exact.toPlainString();
    }

    /** Double.toString has the fewest digits that read back, as Go has, but never fewer than two. */
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return one.doubleValue() == value ? one : digits;
    }

    private static String scientific(String digits, int exponent) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + (exponent < 0 ? "e-" : "e+") + "%02d".formatted(Math.abs(exponent));
    }
}
