package io.keyferry.kubernetes.lease;

import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody holds a lease, as far as can be seen from here. What counts is that it is renewed, by this process's
 * own clock; another's clock is only looked at when the lease is seen for the first time.
 */
final class LeaseHolder {
    /** Others may take the lease when it has run out, and look for it that often. */
    private static final Duration PATIENCE =
            Election.DURATION.plus(Election.RETRY_PERIOD).plus(Election.RETRY_PERIOD);

    private final TimeSource time;
    private @Nullable LeaderElectionRecord last;
    private boolean renewed;
    private long renewedAt;

    LeaseHolder(TimeSource time) {
        this.time = time;
    }

    /** @param record null if there is no lease */
    synchronized void saw(@Nullable LeaderElectionRecord record) {
        if (record != null && !record.getHolderIdentity().isEmpty() && isNews(record)) {
            renewed = true;
            renewedAt = time.nanos();
        }
        last = record;
    }

    private boolean isNews(LeaderElectionRecord record) {
        if (last != null) {
            return !record.equals(last);
        }
        return record.getRenewTime().toInstant().plus(Election.DURATION).isAfter(time.now());
    }

    /** Whether the lease was seen to be renewed, or taken, of late. */
    synchronized boolean isAlive() {
        return renewed && time.nanos() - renewedAt < PATIENCE.toNanos();
    }
}
