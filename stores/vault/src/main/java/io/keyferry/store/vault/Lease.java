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
    private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

    /** A lease of Vault's {@code lease_duration}, for which 0 means that the token does not expire. */
    static Lease of(String token, long startNanos, long seconds, boolean renewable) {
        long life = seconds == 0
                ? Long.MAX_VALUE
                : Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)).toNanos();
        return new Lease(token, startNanos, life, renewable);
    }

    /**
     * Whether the token is to be used without asking for another: until {@code refreshBefore} its expiry or, if it does
     * not live that long, for two thirds of its life.
     */
    boolean isFresh(long nowNanos, Duration refreshBefore) {
        long margin = lifeNanos > refreshBefore.toNanos() ? refreshBefore.toNanos() : lifeNanos / 3;
        return lifeNanos == Long.MAX_VALUE || nowNanos - startNanos < lifeNanos - margin;
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
