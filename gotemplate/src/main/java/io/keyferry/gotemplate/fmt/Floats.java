package io.keyferry.gotemplate.fmt;

/** Floating-point and complex numbers with flags. */
final class Floats {
    private static final int DEFAULT_PRECISION = 6;

    private final Sink out;
    private final Pad pad;

    Floats(Sink out, Pad pad) {
        this.out = out;
        this.pad = pad;
    }

    /** Whether {@code verb} is one for floats; if not, nothing was written. */
    boolean write(double value, int verb, Flags flags) {
        switch (verb) {
            case 'v' -> number(value, 'g', FloatText.SHORTEST, flags);
            case 'b', 'g', 'G', 'x', 'X' -> number(value, (char) verb, FloatText.SHORTEST, flags);
            case 'e', 'E', 'f' -> number(value, (char) verb, DEFAULT_PRECISION, flags);
            case 'F' -> number(value, 'f', DEFAULT_PRECISION, flags);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code verb} is one for complex numbers; if not, nothing was written. */
    boolean write(double real, double imaginary, int verb, Flags flags) {
        if ("vbgGxXfFeE".indexOf(verb) < 0) {
            return false;
        }
        boolean plus = flags.plus;
        out.write('(');
        write(real, verb, flags);
        flags.plus = true;
        write(imaginary, verb, flags);
        flags.plus = plus;
        out.write("i)");
        return true;
    }

    private void number(double value, char format, int defaultPrecision, Flags flags) {
        int precision = flags.precision == Flags.NONE ? defaultPrecision : flags.precision;
        Numeral number = FloatText.format(value, format, precision);
        if (flags.space && !flags.plus && number.before().charAt(0) == '+') {
            number = new Numeral(" " + number.before().substring(1), number.zeros(), number.after());
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            // Never filled up with zeros, and infinity shows its sign.
            boolean bare = Double.isNaN(value) && !flags.plus && !flags.space;
            pad.number(bare ? number.withoutSign() : number, flags, false);
            return;
        }
        if (flags.sharp && format != 'b') {
            number = withPoint(number, format, precision);
        }
        boolean signed = flags.plus || number.before().charAt(0) != '+';
        if (signed && flags.padsWithZeros()) {
            out.write(number.before().charAt(0));
            out.repeat('0', flags.width - number.length());
            number.withoutSign().writeTo(out);
        } else {
            pad.number(signed ? number : number.withoutSign(), flags, flags.padsWithZeros());
        }
    }

    /** What the sharp flag asks for: a point always, and {@code %g} keeps the zeros that its precision counts. */
    private static Numeral withPoint(Numeral number, char format, int precision) {
        String mantissa = number.before();
        int zeros = number.zeros();
        // Not for %X, which Go forgets.
        if (format == 'g' || format == 'G' || format == 'x') {
            int wanted = precision == FloatText.SHORTEST ? DEFAULT_PRECISION : precision;
            zeros += Math.max(0, wanted - countedDigits(mantissa, zeros));
        }
        return new Numeral(mantissa.indexOf('.') < 0 ? mantissa + "." : mantissa, zeros, number.after());
    }

    /** From the first that is not zero on; the x of a hexadecimal number counts as Go counts it. */
    private static int countedDigits(String mantissa, int zeros) {
        int count = 0;
        boolean counting = false;
        for (int i = 1; i < mantissa.length(); i++) {
            char c = mantissa.charAt(i);
            counting |= c != '.' && c != '0';
            if (counting && c != '.') {
                count++;
            }
        }
        boolean zeroAlone = mantissa.length() == 2 && mantissa.charAt(1) == '0';
        return count + (counting ? zeros : 0) + (zeroAlone ? 1 : 0);
    }
}
