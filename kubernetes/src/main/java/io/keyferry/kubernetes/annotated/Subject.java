package io.keyferry.kubernetes.annotated;

import io.keyferry.kubernetes.event.EventSubject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object as far as its annotations ask for something. Holds no secret value.
 *
 * @param created when the object was created, as the API server writes it
 * @param annotations those that somebody acts on, see {@link AnnotatedDialect#prefixes}
 * @param finalizers all of them, in their order
 * @param deleted since when the object is being deleted
 * @param uses the Secrets that its pods name, in the order of the manifest; empty for kinds without pods
 */
public record Subject(
        SubjectRef ref,
        String uid,
        String created,
        String resourceVersion,
        Map<String, String> annotations,
        List<String> finalizers,
        Optional<Instant> deleted,
        List<SecretUse> uses) {
    public Subject {
        annotations = Map.copyOf(annotations);
        finalizers = List.copyOf(finalizers);
        uses = List.copyOf(uses);
    }

    public boolean isBeingDeleted() {
        return deleted.isPresent();
    }

    /** An annotation, empty if there is none. */
    public String annotation(String name) {
        return annotations.getOrDefault(name, "");
    }

    /** Whether the two differ in nothing but their version, and so ask for the same. */
    boolean asksAs(Subject other) {
        return uid.equals(other.uid)
                && annotations.equals(other.annotations)
                && finalizers.equals(other.finalizers)
                && deleted.equals(other.deleted)
                && uses.equals(other.uses);
    }

    /** Whether this is from before {@code other}, or the same: the API server counts versions upwards. */
    boolean isNoNewerThan(Subject other) {
        try {
            return Long.parseLong(resourceVersion) <= Long.parseLong(other.resourceVersion);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The object after an edit. */
    Subject after(MetadataEdit edit, String version) {
        Map<String, String> annotated = new HashMap<>(annotations);
        edit.annotations()
                .forEach((name, value) ->
                        value.ifPresentOrElse(text -> annotated.put(name, text), () -> annotated.remove(name)));
        return new Subject(
                ref,
                uid,
                created,
                version,
                annotated,
                new ArrayList<>(edit.finalizers().orElse(finalizers)),
                deleted,
                uses);
    }

    EventSubject forEvents() {
        return new EventSubject(
                ref.kind().apiVersion(), ref.kind().kind(), ref.namespace(), ref.name(), uid, resourceVersion);
    }
}
