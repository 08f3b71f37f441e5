package io.keyferry.kubernetes.secret;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.target.Observed;
import java.util.List;
import java.util.Map;
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
