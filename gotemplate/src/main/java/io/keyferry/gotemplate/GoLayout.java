package io.keyferry.gotemplate;

import io.keyferry.gotemplate.fmt.Sink;
import io.keyferry.gotemplate.value.StringValue;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times in UTC by Go's layouts, which show how Monday, 2 January 2006, 15:04:05 would be written. */
final class GoLayout {
    private static final int NANO_DIGITS = 9;

    private final OffsetDateTime time;
    /** Each byte as one character. */
    private final String layout;

    private final Sink out;

    private GoLayout(OffsetDateTime time, StringValue layout, Sink out) {
        this.time = time;
        this.layout = new String(layout.bytes(), StandardCharsets.ISO_8859_1);
        this.out = out;
    }

    static StringValue format(OffsetDateTime time, StringValue layout, Meter meter) {
        Sink out = new Sink(meter);
        new GoLayout(time, layout, out).run();
        return out.toValue();
    }

    private void run() {
        int at = 0;
        while (at < layout.length()) {
            int fractionEnd = fractionEnd(at);
            @Nullable LayoutPart part = LayoutPart.at(layout, at);
            if (fractionEnd > at) {
                fraction(at, fractionEnd);
                at = fractionEnd;
            } else if (part != null) {
                out.write(part.of(time));
                at += part.length();
            } else {
                out.write(layout.charAt(at));
                at++;
            }
        }
    }

    /** The end of a dot or comma and zeros or nines that no other digit follows, or -1. */
    private int fractionEnd(int at) {
        char separator = layout.charAt(at);
        if ((separator != '.' && separator != ',') || at + 1 == layout.length()) {
            return -1;
        }
        char digit = layout.charAt(at + 1);
        if (digit != '0' && digit != '9') {
            return -1;
        }
        int end = at + 1;
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        boolean digitFollows = end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9';
        return digitFollows ? -1 : end;
    }

    private void fraction(int at, int end) {
        int count = Math.min(NANO_DIGITS, end - at - 1);
        String digits = String.format(Locale.ROOT, "%09d", time.getNano()).substring(0, count);
        if (layout.charAt(at + 1) == '9') {
            while (digits.endsWith("0")) {
                digits = digits.substring(0, digits.length() - 1);
            }
            if (digits.isEmpty()) {
                return;
            }
        }
        out.write(layout.charAt(at));
        out.write(digits);
    }
}
