package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.target.Observed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What is remembered of a Secret: everything that matters for comparing, nothing that is secret. */
record SecretState(
        String resourceVersion,
        List<OwnerRef> owners,
        Map<String, Fingerprint> data,
        Map<String, Fingerprint> labels,
        Map<String, Fingerprint> annotations,
        String type,
        boolean immutable) {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    static SecretState of(Secret secret, Fingerprinter fingerprinter) {
        List<OwnerRef> owners = new ArrayList<>(1);
        for (OwnerReference reference : secret.getMetadata().getOwnerReferences()) {
            owners.add(OwnerRef.of(reference));
        }
        return new SecretState(
                secret.getMetadata().getResourceVersion(),
                List.copyOf(owners),
                data(secret.getData(), fingerprinter),
                metadata(secret.getMetadata().getLabels(), fingerprinter),
                metadata(secret.getMetadata().getAnnotations(), fingerprinter),
                secret.getType() == null ? "" : secret.getType(),
                Boolean.TRUE.equals(secret.getImmutable()));
    }

    static SecretState of(JsonNode secret, Fingerprinter fingerprinter) {
        JsonNode metadata = secret.path("metadata");
        List<OwnerRef> owners = new ArrayList<>(1);
        metadata.path("ownerReferences").forEach(reference -> owners.add(OwnerRef.of(reference)));
        return new SecretState(
                metadata.path("resourceVersion").asText(),
                List.copyOf(owners),
                data(strings(secret.path("data")), fingerprinter),
                metadata(strings(metadata.path("labels")), fingerprinter),
                metadata(strings(metadata.path("annotations")), fingerprinter),
                secret.path("type").asText(),
                secret.path("immutable").asBoolean());
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

    /** Whether this is later than {@code other}: the API server counts versions upwards. */
    boolean isNewerThan(SecretState other) {
        Optional<Long> mine = number(resourceVersion);
        Optional<Long> others = number(other.resourceVersion);
        return mine.isEmpty() || others.isEmpty() || mine.get() > others.get();
    }

    private static Optional<Long> number(String version) {
        try {
            return Optional.of(Long.parseLong(version));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Fingerprint> data(@Nullable Map<String, String> data, Fingerprinter fingerprinter) {
        return collect(
                data,
                (name, value) -> true,
                value -> fingerprinter.of(SecretValue.of(Base64.getDecoder().decode(value))));
    }

    private static Map<String, Fingerprint> metadata(
            @Nullable Map<String, String> metadata, Fingerprinter fingerprinter) {
        return collect(metadata, (name, value) -> !name.equals(LAST_APPLIED), fingerprinter::of);
    }

    private static Map<String, Fingerprint> collect(
            @Nullable Map<String, String> map,
            java.util.function.BiPredicate<String, String> wanted,
            java.util.function.Function<String, Fingerprint> fingerprint) {
        if (map == null || map.isEmpty()) {
            return Map.of();
        }
        Map<String, Fingerprint> result = new HashMap<>();
        BiConsumer<String, String> add = (name, value) -> {
            if (wanted.test(name, value)) {
                result.put(name.intern(), fingerprint.apply(value == null ? "" : value));
            }
        };
        map.forEach(add);
        return Map.copyOf(result);
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> result = new HashMap<>();
        object.properties()
                .forEach(field -> result.put(field.getKey(), field.getValue().asText()));
        return result;
    }
}
