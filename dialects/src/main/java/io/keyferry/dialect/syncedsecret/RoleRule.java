package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.store.Identity;
import java.util.List;

/**
 * The annotation rule: a namespace's annotation lists the roles that may be used there; a namespace without it allows
 * all. Roles are equal if their ARNs are.
 */
final class RoleRule {
    private final String annotation;

    RoleRule(String annotation) {
        this.annotation = annotation;
    }

    /** @param role as the object names it, empty for the operator itself */
    Permission permit(Namespaces namespace, String role, AwsReader aws) throws RecipeException, InterruptedException {
        String allowed = namespace.annotations().get(annotation);
        if (role.isEmpty()) {
            if (allowed != null) {
                throw denied(namespace, "the operator's own identity");
            }
            return anything(new Identity.Ambient());
        }
        String arn = aws.role(role);
        if (allowed != null && !isListed(namespace, allowed, arn, aws)) {
            throw denied(namespace, "role " + OneLine.of(role));
        }
        return anything(new Identity.Role(arn));
    }

    private boolean isListed(Namespaces namespace, String allowed, String arn, AwsReader aws)
            throws RecipeException, InterruptedException {
        List<String> roles = Documents.strings(allowed)
                .orElseThrow(() -> Reason.ANNOTATION_INVALID.failure(
                        "annotation %s of namespace %s is no JSON array of strings: write for example [\"role-a\"]"
                                .formatted(annotation, namespace.name())));
        for (String role : roles) {
            if (aws.role(role).equals(arn)) {
                return true;
            }
        }
        return false;
    }

    private RecipeException denied(Namespaces namespace, String who) {
        return Reason.ROLE_DENIED.denial("%s may not be used in namespace %s: its annotation %s does not list it"
                .formatted(who, namespace.name(), annotation));
    }

    private static Permission anything(Identity identity) {
        return new Permission() {
            @Override
            public Identity identity() {
                return identity;
            }

            @Override
            public void check(String id) {}
        };
    }
}
