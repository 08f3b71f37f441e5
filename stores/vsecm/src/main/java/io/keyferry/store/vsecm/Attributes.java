package io.keyferry.store.vsecm;

import java.util.Map;

/** What a reading tells of its shape. */
final class Attributes {
    private Attributes() {}

    static Map<String, String> of(boolean scout, boolean catalogue) {
        return Map.of(
                VsecmStore.MODE,
                catalogue ? VsecmStore.CATALOGUE : VsecmStore.DOCUMENT,
                VsecmStore.IDENTITY,
                identity(scout));
    }

    static Map<String, String> ofNothing(boolean scout) {
        return Map.of(VsecmStore.IDENTITY, identity(scout));
    }

    private static String identity(boolean scout) {
        return scout ? VsecmStore.SCOUT : VsecmStore.WORKLOAD;
    }
}
