package io.keyferry.dialect.vaultsecret;

import java.util.Comparator;

/**
 * The order in which gopkg.in/yaml.v3 prints the keys of a map: digits count as numbers, and where a letter meets
 * something else the something else goes first unless it follows a digit.
 */
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String left, String right) {
        if (left.equals(right)) {
            return 0;
        }
        return isLess(left.codePoints().toArray(), right.codePoints().toArray()) ? -1 : 1;
    }

    private static boolean isLess(int[] a, int[] b) {
        boolean afterDigit = false;
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] != b[i]) {
                return isLessFrom(a, b, i, afterDigit);
            }
            afterDigit = Character.isDigit(a[i]);
        }
        return a.length < b.length;
    }

    /** @param i where the two first differ */
    private static boolean isLessFrom(int[] a, int[] b, int i, boolean afterDigit) {
        boolean aLetter = Character.isLetter(a[i]);
        boolean bLetter = Character.isLetter(b[i]);
        if (aLetter && bLetter) {
            return a[i] < b[i];
        }
        if (aLetter || bLetter) {
            return afterDigit ? aLetter : bLetter;
        }
        long seed = (a[i] == '0' || b[i] == '0') && followsNonZeroDigit(a, i) ? 1 : 0;
        int aEnd = digitsEnd(a, i);
        int bEnd = digitsEnd(b, i);
        long aNumber = number(a, i, aEnd, seed);
        long bNumber = number(b, i, bEnd, seed);
        if (aNumber != bNumber) {
            return aNumber < bNumber;
        }
        return aEnd != bEnd ? aEnd < bEnd : a[i] < b[i];
    }

    private static boolean followsNonZeroDigit(int[] text, int i) {
        for (int j = i - 1; j >= 0 && Character.isDigit(text[j]); j--) {
            if (text[j] != '0') {
                return true;
            }
        }
        return false;
    }

    private static int digitsEnd(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    /** Overflow wraps around, as it does in Go. */
    private static long number(int[] text, int from, int to, long seed) {
        long number = seed;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }
}
