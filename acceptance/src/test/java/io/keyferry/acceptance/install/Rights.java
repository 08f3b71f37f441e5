package io.keyferry.acceptance.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What roles grant to the operator. */
final class Rights {
    private Rights() {}

    /** All verbs on resources, as {@code "get secrets"}. */
    static Set<String> granted(List<HasMetadata> objects) {
        return roles(objects).stream()
                .flatMap(role -> rules(role).stream())
                .flatMap(rule -> rule.getResources().stream()
                        .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All roles but the one for those who scrape. */
    static List<HasMetadata> roles(List<HasMetadata> objects) {
        return objects.stream()
                .filter(object -> object instanceof Role || object instanceof ClusterRole)
                .filter(object -> !object.getMetadata().getName().endsWith("-metrics-reader"))
                .toList();
    }

    static List<PolicyRule> rules(HasMetadata role) {
        return role instanceof ClusterRole everywhere ? everywhere.getRules() : ((Role) role).getRules();
    }
}
