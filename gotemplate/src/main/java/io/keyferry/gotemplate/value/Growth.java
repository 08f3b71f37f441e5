package io.keyferry.gotemplate.value;

import java.util.Arrays;

/** How Go 1.23 makes room when items of 16 bytes are appended to a slice one by one. */
final class Growth {
    /** Measured. */
    private static final int[] CAPACITIES = {
        0, 1, 2, 4, 8, 16, 32, 71, 143, 303, 591, 1023, 1535, 2560, 3584, 5120, 6656, 8704, 11264, 14336, 18432, 23552,
        29696, 37376, 47104, 59392, 74752, 93696, 117760, 147456, 184832, 231424
    };

    private Growth() {}

    /** The items that fit; for lists longer than any secret is, just their length. */
    static int capacity(int length) {
        int found = Arrays.binarySearch(CAPACITIES, length);
        int at = found >= 0 ? found : -found - 1;
        return at < CAPACITIES.length ? CAPACITIES[at] : length;
    }
}
