package io.keyferry.kubernetes.lease;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.keyferry.engine.time.TimeSource;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Competes for a lease, and gives it back when closed. */
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final KubernetesClient client;
    private final LeaseSightings sightings;
    private final LeaseLock lock;
    private final CompletableFuture<?> election;
    private volatile boolean closing;

    /**
     * Begins to compete.
     *
     * @param name the lease's name
     * @param onLeading is told when it begins to lead, unless it is being closed
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
        sightings = new LeaseSightings(where.identity(), time);
        lock = new LeaseLock(where, name, sightings, time);
        election = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(name)
                        .withLeaseDuration(Election.DURATION)
                        .withRenewDeadline(Election.RENEW_DEADLINE)
                        .withRetryPeriod(Election.SHORTEST_RETRY)
                        .withReleaseOnCancel(false)
                        .withLock(lock)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                () -> {
                                    if (!closing) {
                                        onLeading.run();
                                    }
                                },
                                () -> {
                                    if (!closing) {
                                        onLost.run();
                                    }
                                },
                                leader -> {}))
                        .build())
                .build()
                .start();
        var _ = election.whenComplete((ended, failure) -> {
            if (!closing) {
                LOG.error("the election for lease {} ended", lock.describe(), failure);
                onLost.run();
            }
        });
    }

    /** Whether this process or another was seen to renew the lease just now. */
    public boolean isLed() {
        return sightings.isLed();
    }

    /** Competes no more, and leads as long as it did. To be called before {@link #close} by who has work to end first. */
    public void stopCompeting() {
        closing = true;
    }

    @Override
    public void close() {
        stopCompeting();
        election.cancel(true);
        lock.release(client);
    }
}
