package io.keyferry.kubernetes.secret;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.target.Change.Field;
import io.keyferry.engine.target.Observed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a Secret: everything that matters for comparing, nothing that is secret.
 *
 * @param notes null if the Secret carries none
 */
record SecretState(
        String resourceVersion,
        List<OwnerRef> owners,
        Map<String, Fingerprint> data,
        Map<String, Fingerprint> labels,
        Map<String, Fingerprint> annotations,
        Ownership own,
        String type,
        boolean immutable,
        @Nullable SecretNotes notes) {

    /** As {@link #observed()}, and what was abandoned and is there counts as our own. */
    Observed observed(Abandoned abandoned) {
        Observed seen = observed();
        return abandoned.equals(Abandoned.nothing())
                ? seen
                : new Observed(
                        true,
                        seen.owner(),
                        seen.ownsOwner(),
                        data,
                        with(seen.ownData(), abandoned.data(), data.keySet()),
                        labels,
                        annotations,
                        with(seen.ownLabels(), abandoned.labels(), labels.keySet()),
                        with(seen.ownAnnotations(), abandoned.annotations(), annotations.keySet()),
                        type,
                        seen.lock());
    }

    /** Whether there is the entry, label or annotation that {@code field} names. */
    boolean has(Field field) {
        return switch (field.section()) {
            case DATA -> data.containsKey(field.name());
            case LABEL -> labels.containsKey(field.name());
            case ANNOTATION -> annotations.containsKey(field.name());
            case OWNER -> false;
        };
    }

    private static Set<String> with(Set<String> own, Set<String> abandoned, Set<String> present) {
        return Stream.concat(own.stream(), abandoned.stream().filter(present::contains))
                .collect(Collectors.toUnmodifiableSet());
    }

    Observed observed() {
        return new Observed(
                true,
                owners.stream()
                        .filter(OwnerRef::controller)
                        .map(OwnerRef::owner)
                        .findFirst(),
                own.owners(),
                data,
                own.data(),
                labels,
                annotations,
                own.labels(),
                own.annotations(),
                type,
                resourceVersion);
    }

    /** Whether the two differ in nothing but their version. */
    boolean sameAs(SecretState other) {
        return owners.equals(other.owners)
                && data.equals(other.data)
                && labels.equals(other.labels)
                && annotations.equals(other.annotations)
                && type.equals(other.type);
    }

    /** Whether this is later than {@code other}. */
    boolean isNewerThan(SecretState other) {
        return other.isOlderThan(resourceVersion);
    }

    /** Whether this is from before {@code version}: the API server counts versions upwards. */
    boolean isOlderThan(String version) {
        try {
            return Long.parseLong(resourceVersion) < Long.parseLong(version);
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
