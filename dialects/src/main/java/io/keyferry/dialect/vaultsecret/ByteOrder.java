package io.keyferry.dialect.vaultsecret;

import java.util.Comparator;

/** Orders strings as Go does: by the bytes of their UTF-8 form, which is the order of their code points. */
final class ByteOrder {
    static final Comparator<String> COMPARATOR = (a, b) -> {
        int i = 0;
        int shorter = Math.min(a.length(), b.length());
        while (i < shorter && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == shorter) {
            return Integer.compare(a.length(), b.length());
        }
        return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
    };

    private ByteOrder() {}

    /** Surrogates stand for code points above all others. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
