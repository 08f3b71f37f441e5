package io.keyferry.gotext;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Durations as Go writes them: decimal numbers with units, for example {@code 1h30m} or {@code -1.5h}. The units are
 * {@code ns us µs ms s m h}.
 */
public final class GoDuration {
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L,
            "\u03bcs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private final String text;
    private int at;

    private GoDuration(String text) {
        this.text = text;
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException in the words of Go's {@code time.ParseDuration}
     */
    public static Duration parse(String text) {
        return new GoDuration(text).parse();
    }

    private Duration parse() {
        boolean negative = false;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        if (text.substring(at).equals("0")) {
            return Duration.ZERO;
        }
        if (at == text.length()) {
            throw invalid();
        }
        // Counted below zero, where there is room for one more.
        long total = 0;
        while (at < text.length()) {
            total = exact(total, part(), Math::addExact);
        }
        if (!negative && total == Long.MIN_VALUE) {
            throw invalid();
        }
        return Duration.ofNanos(negative ? total : -total);
    }

    private long exact(long a, long b, LongBinaryOperator operator) {
        try {
            return operator.applyAsLong(a, b);
        } catch (ArithmeticException e) {
            throw invalid();
        }
    }

    /** A number and its unit, as nanoseconds below zero. */
    private long part() {
        int start = at;
        long whole = 0;
        while (at < text.length() && isDigit(text.charAt(at))) {
            int digit = text.charAt(at) - '0';
            whole = exact(exact(whole, 10, Math::multiplyExact), digit, Math::subtractExact);
            at++;
        }
        boolean digits = at > start;
        long fraction = 0;
        double scale = 1;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            int first = at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                // Digits that no longer fit are too small to count.
                long next = fraction * 10 + (text.charAt(at) - '0');
                if (fraction <= Long.MAX_VALUE / 10 && next >= 0) {
                    fraction = next;
                    scale *= 10;
                }
                at++;
            }
            digits |= at > first;
        }
        if (!digits) {
            throw invalid();
        }
        long unit = unit();
        return exact(exact(whole, unit, Math::multiplyExact), (long) (fraction * (unit / scale)), Math::subtractExact);
    }

    private long unit() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '.' && !isDigit(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("time: missing unit in duration " + quote(text));
        }
        @Nullable Long unit = UNITS.get(name);
        if (unit == null) {
            throw new IllegalArgumentException("time: unknown unit " + quote(name) + " in duration " + quote(text));
        }
        return unit;
    }

    private IllegalArgumentException invalid() {
        return new IllegalArgumentException("time: invalid duration " + quote(text));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** As the time package quotes: every byte that is not printable ASCII becomes {@code \xNN}. */
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c >= 0x80) {
                quoted.append("\\x%02x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
