package io.keyferry.store.vault;

import java.time.Duration;

/**
 * A Vault token that a login brought.
 *
 * @param startNanos just before the request that brought it or renewed it
 * @param lifeNanos how long it lives from then, {@link Long#MAX_VALUE} for ever
 * @param renewable whether Vault would renew it
 */
record Lease(String token, long startNanos, long lifeNanos, boolean renewable) {
    private static final long SAME_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

    /** A lease of Vault's {@code lease_duration}, for which 0 means that the token does not expire. */
    static Lease of(String token, long startNanos, long seconds, boolean renewable) {
        long life = seconds == 0
                ? Long.MAX_VALUE
                : Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)).toNanos();
        return new Lease(token, startNanos, life, renewable);
    }

    /**
     * Whether the token is to be used without asking for another: until {@code refreshBefore} its expiry. One that does
     * not live that long serves what is read in the same second, and no more, as in the original.
     */
    boolean isFresh(long nowNanos, Duration refreshBefore) {
        if (lifeNanos == Long.MAX_VALUE) {
            return true;
        }
        long fresh = Math.max(lifeNanos - refreshBefore.toNanos(), Math.min(SAME_NANOS, lifeNanos / 2));
        return nowNanos - startNanos < fresh;
    }

    /** Whether Vault still takes the token, for all that is known here. */
    boolean isAlive(long nowNanos) {
        return lifeNanos == Long.MAX_VALUE || nowNanos - startNanos < lifeNanos;
    }

    boolean outlives(Lease other) {
        return lifeNanos == Long.MAX_VALUE || startNanos + lifeNanos - (other.startNanos + other.lifeNanos) > 0;
    }

    @Override
    public String toString() {
        return "Lease(masked)";
    }
}
