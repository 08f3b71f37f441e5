package io.keyferry.operator.doctor;

import io.keyferry.kubernetes.token.AccessReviews.Attributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that a ServiceAccount must be allowed to do.
 *
 * @param attributes without a namespace
 * @param scope where it is to be allowed
 * @param use what goes without it
 */
record Right(Attributes attributes, Scope scope, Need need, String use) {
    /** Where something is to be allowed. */
    enum Scope {
        /** Wherever the operator works. */
        OBJECTS,
        /** In the namespace of the leases. */
        LEASES,
        /** Everywhere, for it has no namespace. */
        CLUSTER
    }

    /** What is the case without it. */
    enum Need {
        /** The dialect does not work. */
        MUST,
        /** The dialect works, with less. */
        SHOULD
    }

    /** One for each verb. */
    static Stream<Right> each(
            Scope scope, Need need, String use, String group, String resource, String name, String... verbs) {
        return List.of(verbs).stream()
                .map(verb -> new Right(new Attributes(verb, group, resource, "", name), scope, need, use));
    }
}
