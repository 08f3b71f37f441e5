package io.keyferry.kubernetes.status;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** The status subresource of one object. */
public record StatusRef(String group, String version, String plural, String namespace, String name, String uid) {
    public static StatusRef of(HasMetadata object, String plural) {
        String[] apiVersion = object.getApiVersion().split("/", 2);
        return new StatusRef(
                apiVersion[0],
                apiVersion[1],
                plural,
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                object.getMetadata().getUid());
    }

    String path() {
        return "/apis/%s/%s/namespaces/%s/%s/%s/status".formatted(group, version, namespace, plural, name);
    }
}
