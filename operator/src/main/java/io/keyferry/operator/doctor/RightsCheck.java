package io.keyferry.operator.doctor;

import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.token.AccessReviews;
import io.keyferry.kubernetes.token.AccessReviews.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether this ServiceAccount may do what its dialects do. */
public final class RightsCheck implements Check {
    private static final String TOPIC = "rights";
    private static final String EVERYWHERE = "";

    private final AccessReviews reviews;
    private final List<Right> rights;
    private final Set<String> namespaces;
    private final String leaseNamespace;

    /**
     * @param rights what is needed, see {@link RightsTable}
     * @param namespaces where the operator works; empty for everywhere
     * @param leaseNamespace where the leases are
     */
    public RightsCheck(AccessReviews reviews, RightsTable rights, Set<String> namespaces, String leaseNamespace) {
        this.reviews = reviews;
        this.rights = rights.rights();
        this.namespaces = Set.copyOf(namespaces);
        this.leaseNamespace = leaseNamespace;
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        List<Finding> missing = new ArrayList<>();
        try {
            for (Right right : rights) {
                for (String namespace : namespaces(right).stream().sorted().toList()) {
                    Attributes asked = right.attributes().in(namespace);
                    if (!reviews.may(asked)) {
                        missing.add(finding(right, asked));
                    }
                }
            }
        } catch (ApiException e) {
            missing.add(Finding.warn(
                    TOPIC,
                    "cannot be found out: " + e.getMessage(),
                    "allow to create selfsubjectaccessreviews.authorization.k8s.io, as Kubernetes does by itself"));
            return missing;
        }
        return missing.isEmpty()
                ? List.of(Finding.ok(TOPIC, "all %d that are needed are granted".formatted(rights.size())))
                : missing;
    }

    private Set<String> namespaces(Right right) {
        return switch (right.scope()) {
            case OBJECTS -> namespaces.isEmpty() ? Set.of(EVERYWHERE) : namespaces;
            case LEASES -> Set.of(leaseNamespace);
            case CLUSTER -> Set.of(EVERYWHERE);
        };
    }

    private static Finding finding(Right right, Attributes asked) {
        String what = asked.name().isEmpty() ? asked.qualified() : asked.qualified() + " " + asked.name();
        String where = asked.namespace().isEmpty() ? "" : " in namespace " + asked.namespace();
        String text = "may not %s %s%s: %s".formatted(asked.verb(), what, where, right.use());
        String remedy = "grant it in the %s of this ServiceAccount, as deploy/helm and deploy/install do"
                .formatted(asked.namespace().isEmpty() ? "ClusterRole" : "Role");
        return right.need() == Right.Need.MUST ? Finding.fail(TOPIC, text, remedy) : Finding.warn(TOPIC, text, remedy);
    }
}
