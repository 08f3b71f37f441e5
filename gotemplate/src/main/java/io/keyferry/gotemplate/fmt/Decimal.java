package io.keyferry.gotemplate.fmt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The decimal digits of a finite number that is not negative: 0.DIGITS times ten to the power of {@code point}, without
 * zeros at the end. Zero has no digits and its point at 0.
 */
record Decimal(String digits, int point) {
    private static final Decimal ZERO = new Decimal("", 0);

    /** The fewest digits that read back as {@code value}. */
    static Decimal shortest(double value) {
        if (value == 0) {
            return ZERO;
        }
        // Double.toString gives the fewest digits, but never fewer than two.
        BigDecimal digits = new BigDecimal(Double.toString(value));
        BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return of(one.doubleValue() == value ? one : digits);
    }

    /** Rounded to at most this many digits, half to even. */
    static Decimal significant(double value, int digits) {
        BigDecimal exact = new BigDecimal(value);
        // Precision 0 would mean all digits.
        return of(exact.precision() <= digits ? exact : exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)));
    }

    /** Rounded to at most this many digits behind the point, half to even. */
    static Decimal fraction(double value, int digits) {
        BigDecimal exact = new BigDecimal(value);
        return of(exact.scale() <= digits ? exact : exact.setScale(digits, RoundingMode.HALF_EVEN));
    }

    private static Decimal of(BigDecimal value) {
        if (value.signum() == 0) {
            return ZERO;
        }
        String digits = value.unscaledValue().toString();
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return new Decimal(digits.substring(0, end), digits.length() - value.scale());
    }

    int count() {
        return digits.length();
    }

    /** As {@code d.ddde±dd} with {@code precision} digits behind the point. */
    Numeral scientific(int precision, char e) {
        StringBuilder mantissa = new StringBuilder();
        mantissa.append(digits.isEmpty() ? '0' : digits.charAt(0));
        int zeros = 0;
        if (precision > 0) {
            mantissa.append('.');
            int shown = Math.min(count(), precision + 1);
            if (shown > 1) {
                mantissa.append(digits, 1, shown);
            }
            zeros = precision + 1 - Math.max(1, shown);
        }
        int exponent = digits.isEmpty() ? 0 : point - 1;
        String power = Integer.toString(Math.abs(exponent));
        return new Numeral(
                mantissa.toString(), zeros, e + (exponent < 0 ? "-" : "+") + (power.length() < 2 ? "0" : "") + power);
    }

    /** As {@code ddd.ddd} with {@code precision} digits behind the point. */
    Numeral plain(int precision) {
        StringBuilder text = new StringBuilder();
        if (point > 0) {
            text.append(digits, 0, Math.min(point, count()));
            text.repeat('0', Math.max(0, point - count()));
        } else {
            text.append('0');
        }
        int written = 0;
        if (precision > 0) {
            text.append('.');
            if (!digits.isEmpty()) {
                int leading = Math.min(precision, Math.max(0, -point));
                text.repeat('0', leading);
                int from = Math.min(count(), Math.max(0, point));
                int to = Math.min(count(), from + precision - leading);
                text.append(digits, from, to);
                written = leading + to - from;
            }
        }
        return new Numeral(text.toString(), Math.max(0, precision - written), "");
    }
}
