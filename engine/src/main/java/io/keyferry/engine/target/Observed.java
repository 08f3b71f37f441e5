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
 * @param ownData the entries that we wrote last and nobody else, as far as places of this kind keep record of it
 * @param ownsOwner whether the owner is one that we put there, as far as places of this kind keep record of it
 * @param ownLabels the labels that we wrote last, and so may remove
 * @param ownAnnotations the annotations that we wrote last, and so may remove
 * @param type the Secret's type, empty where the place has none
 * @param lock what {@link Target#apply} hands back to the place to make sure that it has not changed; null if it does
 *     not exist
 */
public record Observed(
        boolean exists,
        Optional<Owner> owner,
        boolean ownsOwner,
        Map<String, Fingerprint> data,
        Set<String> ownData,
        Map<String, Fingerprint> labels,
        Map<String, Fingerprint> annotations,
        Set<String> ownLabels,
        Set<String> ownAnnotations,
        String type,
        @Nullable String lock) {

    private static final Observed NOTHING =
            new Observed(false, Optional.empty(), Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), "", null);

    /** A place that keeps no record of who wrote its entries and its owner. */
    public Observed(
            boolean exists,
            Optional<Owner> owner,
            Map<String, Fingerprint> data,
            Map<String, Fingerprint> labels,
            Map<String, Fingerprint> annotations,
            Set<String> ownLabels,
            Set<String> ownAnnotations,
            String type,
            @Nullable String lock) {
        this(exists, owner, false, data, Set.of(), labels, annotations, ownLabels, ownAnnotations, type, lock);
    }

    /** Nothing is there. */
    public static Observed nothing() {
        return NOTHING;
    }
}
