package io.keyferry.kubernetes.lease;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.keyferry.engine.time.TimeSource;
import java.util.concurrent.CompletableFuture;

/** Competes for a lease, and gives it back when closed. */
public final class Leadership implements AutoCloseable {
    private final KubernetesClient client;
    private final LeaseLock lock;
    private final LeaseHolder holder;
    private final CompletableFuture<?> election;
    private volatile boolean closing;

    /**
     * Begins to compete.
     *
     * @param name the lease's name
     * @param onLost must end the process at once: whoever has lost the lease must not write any more
     */
    public Leadership(
            KubernetesClient client,
            String name,
            Election where,
            TimeSource time,
            Runnable onLeading,
            Runnable onLost) {
        this.client = client;
        holder = new LeaseHolder(time);
        lock = new LeaseLock(where, name, holder);
        election = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(name)
                        .withLeaseDuration(Election.DURATION)
                        .withRenewDeadline(Election.RENEW_DEADLINE)
                        .withRetryPeriod(Election.SHORTEST_RETRY)
                        .withReleaseOnCancel(false)
                        .withLock(lock)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                onLeading,
                                () -> {
                                    if (!closing) {
                                        onLost.run();
                                    }
                                },
                                leader -> {}))
                        .build())
                .build()
                .start();
    }

    /** Whether this process or another was seen to renew the lease just now. */
    public boolean isHeld() {
        return holder.isAlive();
    }

    @Override
    public void close() {
        closing = true;
        election.cancel(true);
        lock.release(client);
    }
}
