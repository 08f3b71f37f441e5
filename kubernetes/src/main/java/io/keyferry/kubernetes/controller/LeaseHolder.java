package io.keyferry.kubernetes.controller;

import org.jspecify.annotations.Nullable;

/**
 * Who is seen to hold a lease. While nobody is, this process may have no lease, or cannot find out who has it: nobody works
 * then, as far as it can tell.
 */
public final class LeaseHolder {
    private volatile boolean known;

    /** @param identity null or empty if the lease was given back */
    public void changed(@Nullable String identity) {
        known = identity != null && !identity.isEmpty();
    }

    /** Whether this process or another holds the lease. */
    public boolean isKnown() {
        return known;
    }
}
