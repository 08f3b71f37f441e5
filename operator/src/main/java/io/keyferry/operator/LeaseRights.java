package io.keyferry.operator;

import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.controller.Lease;
import io.keyferry.kubernetes.token.AccessReviews;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this process may compete for a lease. */
final class LeaseRights {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRights.class);

    private final AccessReviews reviews;

    LeaseRights(AccessReviews reviews) {
        this.reviews = reviews;
    }

    /** True also if that cannot be found out. */
    boolean mayUse(Lease lease, String name) throws InterruptedException {
        try {
            return reviews.mayUseLease(lease.namespace(), name);
        } catch (ApiException e) {
            LOG.warn("could not find out whether leases may be used: {}", e.getMessage());
            return true;
        }
    }
}
