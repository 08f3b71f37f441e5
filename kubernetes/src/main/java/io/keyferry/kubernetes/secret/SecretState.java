package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.target.Observed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is remembered of a Secret: everything that matters for comparing, nothing that is secret. */
record SecretState(
        String resourceVersion,
        List<OwnerRef> owners,
        Map<String, Fingerprint> data,
        Map<String, Fingerprint> labels,
        Map<String, Fingerprint> annotations,
        String type,
        boolean immutable) {

    /** What the API server answered. */
    static SecretState of(JsonNode secret, Fingerprinter fingerprinter) {
        try (JsonParser json = secret.traverse()) {
            json.nextToken();
            return Objects.requireNonNull(new SecretParser(fingerprinter, (name, version) -> false)
                    .read(json)
                    .state());
        } catch (IOException e) {
            throw new UncheckedIOException("a tree can be read", e);
        }
    }

    Observed observed() {
        return new Observed(
                true,
                owners.stream()
                        .filter(OwnerRef::controller)
                        .map(OwnerRef::owner)
                        .findFirst(),
                data,
                labels,
                annotations,
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
