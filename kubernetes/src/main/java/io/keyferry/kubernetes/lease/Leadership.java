package io.keyferry.kubernetes.lease;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.keyferry.engine.time.TimeSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads at once where there is no election; else competes for a lease, and gives it back when closed. */
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final KubernetesClient client;
    private final String name;
    private final Optional<LeaseLock> lock;
    private final Runnable onLeading;
    private final Runnable onLost;
    private volatile @Nullable CompletableFuture<?> election;
    private volatile boolean closing;

    /**
     * @param name the lease's name
     * @param where empty to lead without an election
     * @param onLeading is told when it begins to lead, unless it is being closed
     * @param onLost must end the process at once: whoever has lost the lease must not write any more
     */
    public Leadership(
            KubernetesClient client,
            String name,
            Optional<Election> where,
            TimeSource time,
            Runnable onLeading,
            Runnable onLost) {
        this.client = client;
        this.name = name;
        this.lock = where.map(there -> new LeaseLock(there, name, time));
        this.onLeading = onLeading;
        this.onLost = onLost;
    }

    /** Leads, or begins to compete. */
    public void start() {
        if (lock.isPresent()) {
            compete(lock.get());
        } else {
            onLeading.run();
        }
    }

    private void compete(LeaseLock lease) {
        CompletableFuture<?> running = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(name)
                        .withLeaseDuration(Election.DURATION)
                        .withRenewDeadline(Election.RENEW_DEADLINE)
                        .withRetryPeriod(Election.SHORTEST_RETRY)
                        .withReleaseOnCancel(false)
                        .withLock(lease)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                () -> unlessClosing(onLeading), () -> unlessClosing(onLost), leader -> {}))
                        .build())
                .build()
                .start();
        election = running;
        var _ = running.whenComplete((ended, failure) -> unlessClosing(() -> {
            LOG.error("the election for lease {} ended", lease.describe(), failure);
            onLost.run();
        }));
    }

    private void unlessClosing(Runnable task) {
        if (!closing) {
            task.run();
        }
    }

    /** Whether this process leads, or it or another was seen to renew the lease just now. */
    public boolean isLed() {
        return lock.map(LeaseLock::isLed).orElse(true);
    }

    /** From now on nothing is told: what it gets of the lease it only gives back. For who has work to end before {@link #close}. */
    public void stopCompeting() {
        closing = true;
    }

    @Override
    public void close() {
        stopCompeting();
        CompletableFuture<?> running = election;
        if (running != null) {
            running.cancel(true);
            lock.ifPresent(lease -> lease.release(client));
        }
    }
}
