package io.keyferry.gotemplate.fmt;

/** Numbers in the formats of Go's strconv.FormatFloat, exact at any precision, with a sign always. */
final class FloatText {
    /** As many digits as it takes to read the number back. */
    static final int SHORTEST = -1;

    private static final int SHORTEST_EXPONENT_LIMIT = 6;
    private static final int MANTISSA_BITS = 52;
    private static final int BIAS = 1023;
    private static final int HEX_DIGITS = MANTISSA_BITS / 4;

    private FloatText() {}

    static Numeral format(double value, char format, int precision) {
        if (Double.isNaN(value)) {
            return new Numeral("+NaN");
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "+";
        double magnitude = Math.abs(value);
        Numeral number = Double.isInfinite(value)
                ? new Numeral("Inf")
                : switch (format) {
                    case 'e', 'E' -> scientific(magnitude, format, precision);
                    case 'f' -> plain(magnitude, precision);
                    case 'g', 'G' -> general(magnitude, format, precision);
                    case 'b' -> binary(magnitude);
                    case 'x', 'X' -> hexadecimal(magnitude, format, precision);
                    default -> throw new IllegalArgumentException("no format of floats: " + format);
                };
        return new Numeral(sign + number.before(), number.zeros(), number.after());
    }

    private static Numeral scientific(double value, char e, int precision) {
        if (precision == SHORTEST) {
            Decimal digits = Decimal.shortest(value);
            return digits.scientific(Math.max(0, digits.count() - 1), e);
        }
        return Decimal.significant(value, precision + 1).scientific(precision, e);
    }

    private static Numeral plain(double value, int precision) {
        if (precision == SHORTEST) {
            Decimal digits = Decimal.shortest(value);
            return digits.plain(Math.max(0, digits.count() - digits.point()));
        }
        return Decimal.fraction(value, precision).plain(precision);
    }

    private static Numeral general(double value, char g, int precision) {
        Decimal digits =
                precision == SHORTEST ? Decimal.shortest(value) : Decimal.significant(value, Math.max(1, precision));
        int limit = Math.max(1, precision);
        if (limit > digits.count() && digits.count() >= digits.point()) {
            limit = digits.count();
        }
        if (precision == SHORTEST) {
            limit = SHORTEST_EXPONENT_LIMIT;
        }
        int exponent = digits.point() - 1;
        if (exponent < -4 || exponent >= limit) {
            return digits.scientific(Math.max(0, digits.count() - 1), g == 'g' ? 'e' : 'E');
        }
        return digits.plain(Math.max(0, digits.count() - digits.point()));
    }

    private static Numeral binary(double value) {
        int exponent = exponent(value) - MANTISSA_BITS;
        return new Numeral(mantissa(value) + (exponent < 0 ? "p" : "p+") + exponent);
    }

    private static Numeral hexadecimal(double value, char x, int precision) {
        long mantissa = mantissa(value);
        int exponent = mantissa == 0 ? 0 : exponent(value);
        while (mantissa != 0 && mantissa >> MANTISSA_BITS == 0) {
            mantissa <<= 1;
            exponent--;
        }
        if (precision != SHORTEST && precision < HEX_DIGITS) {
            mantissa = rounded(mantissa, 4 * (HEX_DIGITS - precision));
            if (mantissa >> MANTISSA_BITS > 1) {
                mantissa >>= 1;
                exponent++;
            }
        }
        String digits = "%013x".formatted(mantissa & ((1L << MANTISSA_BITS) - 1));
        int shown = precision == SHORTEST ? withoutZeros(digits) : Math.min(precision, HEX_DIGITS);
        int zeros = Math.max(0, precision - HEX_DIGITS);
        String before = "0x" + (mantissa >> MANTISSA_BITS) + (shown > 0 ? "." : "") + digits.substring(0, shown);
        String after = (exponent < 0 ? "p-" : "p+") + "%02d".formatted(Math.abs(exponent));
        return x == 'x'
                ? new Numeral(before, zeros, after)
                : new Numeral(Text.upperAscii(before), zeros, Text.upperAscii(after));
    }

    /** The lowest {@code bits} bits become zero, rounding half to even. */
    private static long rounded(long mantissa, int bits) {
        long half = 1L << (bits - 1);
        long rest = mantissa & ((1L << bits) - 1);
        long kept = mantissa >> bits;
        if (rest > half || (rest == half && (kept & 1) == 1)) {
            kept++;
        }
        return kept << bits;
    }

    private static int withoutZeros(String digits) {
        int end = digits.length();
        while (end > 0 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return end;
    }

    /** With the leading bit that is not stored. */
    private static long mantissa(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long stored = bits & ((1L << MANTISSA_BITS) - 1);
        return isSubnormal(bits) ? stored : stored | 1L << MANTISSA_BITS;
    }

    private static int exponent(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return (isSubnormal(bits) ? 1 : (int) (bits >> MANTISSA_BITS)) - BIAS;
    }

    private static boolean isSubnormal(long positive) {
        return positive >> MANTISSA_BITS == 0;
    }
}
