package io.keyferry.kubernetes.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

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
        return "/apis/" + group + '/' + version + "/namespaces/" + namespace + '/' + plural + '/' + name + "/status";
    }

    /** What the compiler would generate means the same, and is many times slower where the JVM does not optimise it away. */
    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof StatusRef other
                && uid.equals(other.uid)
                && name.equals(other.name)
                && namespace.equals(other.namespace)
                && plural.equals(other.plural)
                && version.equals(other.version)
                && group.equals(other.group);
    }

    /** An object's uid is nobody else's. */
    @Override
    public int hashCode() {
        return uid.hashCode();
    }
}
