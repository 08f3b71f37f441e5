package io.keyferry.kubernetes.event;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** The object an event is about. */
public record EventSubject(
        String apiVersion, String kind, String namespace, String name, String uid, String resourceVersion) {
    public static EventSubject of(HasMetadata object) {
        return new EventSubject(
                object.getApiVersion(),
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                object.getMetadata().getUid(),
                object.getMetadata().getResourceVersion());
    }
}
