package io.keyferry.kubernetes.lease;

import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a lease, and when. Clocks differ, so that what counts is when a renewal was seen by this process's own
 * clock, as client-go has it; what time a renewal tells matters only if it is so long ago that no clock is that wrong.
 */
final class LeaseSightings {
    private static final Duration LONG_AGO = Election.DURATION.multipliedBy(3);

    private final String identity;
    private final TimeSource time;
    private @Nullable LeaderElectionRecord last;
    private Instant changed = Instant.EPOCH;
    private boolean renewed;
    private long renewedAt;
    private Duration duration = Election.DURATION;

    /** @param identity what this process calls itself */
    LeaseSightings(String identity, TimeSource time) {
        this.identity = identity;
        this.time = time;
    }

    /**
     * Notes what the lease is now. That it is this process's counts for nothing: it may have it and be unable to keep it.
     *
     * @param record null if there is no lease
     * @return the same, renewed when that was seen; null if there is no lease
     */
    synchronized @Nullable LeaderElectionRecord saw(@Nullable LeaderElectionRecord record) {
        if (record == null) {
            last = null;
            return null;
        }
        if (!record.equals(last)) {
            boolean ranOut = last == null && isLongAgo(record);
            changed = ranOut ? record.getRenewTime().toInstant() : time.now();
            last = record;
            if (!ranOut && !isOurs() && !record.getHolderIdentity().isEmpty()) {
                countsAsRenewed(record);
            }
        }
        return new LeaderElectionRecord(
                record.getHolderIdentity(),
                record.getLeaseDuration(),
                record.getAcquireTime(),
                changed.atZone(ZoneOffset.UTC),
                record.getLeaderTransitions());
    }

    /** Notes that this process has taken or renewed the lease. */
    synchronized void renewed(LeaderElectionRecord record) {
        last = record;
        changed = time.now();
        countsAsRenewed(record);
    }

    private void countsAsRenewed(LeaderElectionRecord record) {
        renewed = true;
        renewedAt = time.nanos();
        duration = record.getLeaseDuration();
    }

    private boolean isLongAgo(LeaderElectionRecord record) {
        return record.getRenewTime().toInstant().plus(LONG_AGO).isBefore(time.now());
    }

    /** Whether somebody was seen to renew or take the lease, and nobody else should have it by now. */
    synchronized boolean isLed() {
        Duration patience = duration.plus(Election.RETRY_PERIOD.multipliedBy(2));
        return renewed && time.nanos() - renewedAt < patience.toNanos();
    }

    /** Whether it was this process's when it was seen last. */
    synchronized boolean isOurs() {
        return last != null && last.getHolderIdentity().equals(identity);
    }
}
