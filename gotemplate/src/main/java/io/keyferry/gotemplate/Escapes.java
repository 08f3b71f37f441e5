package io.keyferry.gotemplate;

import io.keyferry.gotemplate.fmt.Printable;
import io.keyferry.gotemplate.fmt.Sink;
import io.keyferry.gotemplate.fmt.Utf8;
import io.keyferry.gotemplate.value.StringValue;

/** Text made fit for HTML, JavaScript and the queries of URLs. */
final class Escapes {
    private static final String HEX = "0123456789ABCDEF";

    private Escapes() {}

    static void html(StringValue text, Sink out) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.byteAt(i);
            switch (c) {
                case 0 -> out.write("\ufffd");
                case '"' -> out.write("&#34;");
                case '\'' -> out.write("&#39;");
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                default -> out.write(c);
            }
        }
    }

    static void js(StringValue text, Sink out) {
        byte[] bytes = text.bytes();
        for (int i = 0; i < bytes.length; ) {
            int rune = Utf8.decode(bytes, i);
            int width = Utf8.width(rune);
            if (rune == '\\' || rune == '\'' || rune == '"') {
                out.write('\\');
                out.write(rune);
            } else if (rune != Utf8.INVALID && (rune < 0x80 ? isSpecial(rune) : !Printable.test(rune))) {
                unicode(rune, out);
            } else {
                out.write(bytes, i, i + width);
            }
            i += width;
        }
    }

    private static void unicode(int rune, Sink out) {
        out.write('\\');
        out.write('u');
        int highest = rune < 0x10000 ? 12 : rune < 0x100000 ? 16 : 20;
        for (int shift = highest; shift >= 0; shift -= 4) {
            out.write(HEX.charAt(rune >> shift & 0xf));
        }
    }

    private static boolean isSpecial(int c) {
        return c < ' ' || c == '<' || c == '>' || c == '&' || c == '=';
    }

    static void urlQuery(StringValue text, Sink out) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.byteAt(i);
            if (c == ' ') {
                out.write('+');
            } else if (isUnreserved(c)) {
                out.write(c);
            } else {
                out.write('%');
                out.write(HEX.charAt(c >> 4));
                out.write(HEX.charAt(c & 0xf));
            }
        }
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.~".indexOf(c) >= 0;
    }
}
