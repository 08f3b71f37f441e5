package io.keyferry.gotemplate.parse;

import io.keyferry.gotemplate.value.StringValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Strings and characters in quotes, as Go writes them in its source. */
final class StringLiteral {
    private final String text;
    private final char quote;
    private int at = 1;

    private StringLiteral(String text) {
        this.text = text;
        this.quote = text.charAt(0);
    }

    /** @param literal in double or back quotes */
    static StringValue unquote(String literal) throws BadLiteralException {
        if (literal.charAt(0) == '`') {
            return StringValue.of(literal.substring(1, literal.length() - 1).replace("\r", ""));
        }
        StringLiteral reader = new StringLiteral(literal);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(literal.length());
        while (reader.at < literal.length() - 1) {
            reader.unit(bytes);
        }
        return StringValue.of(bytes.toByteArray());
    }

    /** The number of the character in a literal like {@code 'a'}. */
    static int character(String literal) throws BadLiteralException {
        StringLiteral reader = new StringLiteral(literal);
        int c = reader.unit(new ByteArrayOutputStream());
        if (reader.at != literal.length() - 1) {
            throw new BadLiteralException("malformed character constant: " + literal);
        }
        return c;
    }

    /** One character or escape: its number, after its bytes were written. */
    private int unit(ByteArrayOutputStream bytes) throws BadLiteralException {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        if (c == quote) {
            throw invalid();
        }
        if (c != '\\') {
            return write(bytes, c);
        }
        char escape = text.charAt(at++);
        return switch (escape) {
            case 'a' -> write(bytes, 0x07);
            case 'b' -> write(bytes, '\b');
            case 'f' -> write(bytes, '\f');
            case 'n' -> write(bytes, '\n');
            case 'r' -> write(bytes, '\r');
            case 't' -> write(bytes, '\t');
            case 'v' -> write(bytes, 0x0b);
            case '\\' -> write(bytes, '\\');
            case 'x' -> writeByte(bytes, digits(2, 16));
            case 'u' -> write(bytes, codePoint(digits(4, 16)));
            case 'U' -> write(bytes, codePoint(digits(8, 16)));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                yield writeByte(bytes, digits(3, 8));
            }
            default -> {
                if (escape != quote) {
                    throw invalid();
                }
                yield write(bytes, escape);
            }
        };
    }

    private long digits(int count, int radix) throws BadLiteralException {
        long number = 0;
        for (int i = 0; i < count; i++) {
            char c = at < text.length() - 1 ? text.charAt(at++) : ' ';
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                throw invalid();
            }
            number = number * radix + digit;
        }
        return number;
    }

    private static int codePoint(long number) throws BadLiteralException {
        if (number > Character.MAX_CODE_POINT
                || (number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE)) {
            throw invalid();
        }
        return (int) number;
    }

    private static int writeByte(ByteArrayOutputStream bytes, long number) throws BadLiteralException {
        if (number > 0xff) {
            throw invalid();
        }
        bytes.write((int) number);
        return (int) number;
    }

    private static int write(ByteArrayOutputStream bytes, int c) {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        return c;
    }

    private static BadLiteralException invalid() {
        return new BadLiteralException("invalid syntax");
    }
}
