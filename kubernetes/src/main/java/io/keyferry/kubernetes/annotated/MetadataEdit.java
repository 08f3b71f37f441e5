package io.keyferry.kubernetes.annotated;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of an object's metadata.
 *
 * @param annotations what they are to be; empty to remove one
 * @param finalizers all of the object's finalizers; empty to leave them alone
 */
public record MetadataEdit(Map<String, Optional<String>> annotations, Optional<List<String>> finalizers) {
    private static final MetadataEdit NOTHING = new MetadataEdit(Map.of(), Optional.empty());

    public MetadataEdit {
        annotations = Map.copyOf(annotations);
        finalizers = finalizers.map(List::copyOf);
    }

    /** No change. */
    public static MetadataEdit nothing() {
        return NOTHING;
    }

    boolean isNothing() {
        return annotations.isEmpty() && finalizers.isEmpty();
    }
}
