package io.keyferry.engine.store;

import io.keyferry.engine.content.SecretValue;
import org.jspecify.annotations.Nullable;

/** As whom a store is spoken to. Objects share a read only if their identities are equal. */
public sealed interface Identity {

    /** Whoever the operator itself is. */
    record Ambient() implements Identity {}

    /** A role that the operator takes on, by the full name that the store knows it by. */
    record Role(String name) implements Identity {}

    /** The bearer of a token that the user supplied. */
    record Token(SecretValue token) implements Identity {
        /** What the compiler would generate means the same, and is many times slower where the JVM does not optimise it away. */
        @Override
        public boolean equals(@Nullable Object object) {
            return object instanceof Token other && token.equals(other.token);
        }

        @Override
        public int hashCode() {
            return token.hashCode();
        }
    }

    /**
     * A Kubernetes ServiceAccount that logs in with a token of its own.
     *
     * @param namespace the ServiceAccount's namespace: always that of the object that names it
     * @param name the ServiceAccount's name
     * @param loginPath where it logs in, for example {@code auth/kubernetes/login}
     * @param role the role it asks for
     * @param audience the audience of the token, empty for the API server's default
     */
    record ServiceAccount(String namespace, String name, String loginPath, String role, String audience)
            implements Identity {}
}
