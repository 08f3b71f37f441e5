package io.keyferry.kubernetes.annotated;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.keyferry.kubernetes.controller.Lease;
import io.keyferry.kubernetes.controller.LeaseHolder;
import io.keyferry.kubernetes.controller.LeaseRelease;
import java.util.concurrent.CompletableFuture;

/** Competes for a lease, and gives it back when closed. */
final class Leadership implements AutoCloseable {
    private final KubernetesClient client;
    private final String name;
    private final Lease lease;
    private final LeaseHolder holder = new LeaseHolder();
    private final CompletableFuture<?> election;
    private volatile boolean closing;

    /**
     * Begins to compete.
     *
     * @param onLost must end the process at once
     */
    Leadership(KubernetesClient client, String name, Lease lease, Runnable onLeading, Runnable onLost) {
        this.client = client;
        this.name = name;
        this.lease = lease;
        election = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(name)
                        .withLeaseDuration(Lease.DURATION)
                        .withRenewDeadline(Lease.RENEW_DEADLINE)
                        .withRetryPeriod(Lease.SHORTEST_RETRY)
                        .withReleaseOnCancel(false)
                        .withLock(new LeaseLock(lease.namespace(), name, lease.identity()))
                        .withLeaderCallbacks(new LeaderCallbacks(
                                onLeading,
                                () -> {
                                    if (!closing) {
                                        onLost.run();
                                    }
                                },
                                holder::changed))
                        .build())
                .build()
                .start();
    }

    /** Whether this process or another is seen to hold the lease. */
    boolean isKnown() {
        return holder.isKnown();
    }

    @Override
    public void close() {
        closing = true;
        election.cancel(true);
        new LeaseRelease(client).release(lease, name);
    }
}
