package io.keyferry.engine.target;

import io.keyferry.engine.content.Fingerprint;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a place holds, in fingerprints.
 *
 * @param exists whether there is anything at all
 * @param owner who controls it, if anybody
 * @param data entry name to fingerprint
 * @param labels label name to the fingerprint of its value
 * @param annotations annotation name to the fingerprint of its value
 * @param ownLabels the labels that we wrote last, and so may remove
 * @param ownAnnotations the annotations that we wrote last, and so may remove
 * @param type the Secret's type, empty where the place has none
 * @param lock what {@link Target#apply} hands back to the place to make sure that it has not changed; null if it does
 *     not exist
 */
public record Observed(
        boolean exists,
        Optional<Owner> owner,
        Map<String, Fingerprint> data,
        Map<String, Fingerprint> labels,
        Map<String, Fingerprint> annotations,
        Set<String> ownLabels,
        Set<String> ownAnnotations,
        String type,
        @Nullable String lock) {

    private static final Observed NOTHING =
            new Observed(false, Optional.empty(), Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), "", null);

    /** Nothing is there. */
    public static Observed nothing() {
        return NOTHING;
    }
}
