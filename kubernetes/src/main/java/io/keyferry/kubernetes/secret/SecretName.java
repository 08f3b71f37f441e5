package io.keyferry.kubernetes.secret;

import org.jspecify.annotations.Nullable;

/** A Secret's place. */
public record SecretName(String namespace, String name) {
    String path() {
        return collection() + "/" + name;
    }

    String collection() {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    /** What the compiler would generate means the same, and is many times slower where the JVM does not optimise it away. */
    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof SecretName other && name.equals(other.name) && namespace.equals(other.namespace);
    }

    @Override
    public int hashCode() {
        return 31 * namespace.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
