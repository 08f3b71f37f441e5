package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a lease back on a clean stop, so that the next one need not wait until it runs out. */
public final class LeaseRelease {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRelease.class);
    private static final String NOBODY = "";

    private final KubernetesClient client;

    public LeaseRelease(KubernetesClient client) {
        this.client = client;
    }

    /** Does nothing if somebody else holds the lease; a failure only costs the next one some waiting. */
    public void release(Lease holder, String name) {
        try {
            var lease = client.leases()
                    .inNamespace(holder.namespace())
                    .withName(name)
                    .get();
            if (lease != null && holder.identity().equals(lease.getSpec().getHolderIdentity())) {
                client.resource(new LeaseBuilder(lease)
                                .editSpec()
                                .withHolderIdentity(NOBODY)
                                .withLeaseDurationSeconds(1)
                                .endSpec()
                                .build())
                        .update();
            }
        } catch (KubernetesClientException e) {
            LOG.warn("could not give back lease {}/{}: {}", holder.namespace(), name, e.getMessage());
        }
    }
}
