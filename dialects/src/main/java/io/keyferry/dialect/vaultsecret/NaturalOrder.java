package io.keyferry.dialect.vaultsecret;

import java.util.Arrays;
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
        int aEnd = digitsEnd(a, i);
        int bEnd = digitsEnd(b, i);
        // Zeros count once a digit other than zero stands before them.
        boolean zerosCount = (a[i] == '0' || b[i] == '0') && followsNonZeroDigit(a, i);
        int order = compareNumbers(
                a, zerosCount ? i : skipZeros(a, i, aEnd), aEnd, b, zerosCount ? i : skipZeros(b, i, bEnd), bEnd);
        if (order != 0) {
            return order < 0;
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

    private static int skipZeros(int[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] == '0') {
            at++;
        }
        return at;
    }

    /** Numbers of any length. Go's wrap around beyond 64 bits, so that there the order depends on chance. */
    private static int compareNumbers(int[] a, int aFrom, int aTo, int[] b, int bFrom, int bTo) {
        if (aTo - aFrom != bTo - bFrom) {
            return Integer.compare(aTo - aFrom, bTo - bFrom);
        }
        return Arrays.compare(a, aFrom, aTo, b, bFrom, bTo);
    }
}
