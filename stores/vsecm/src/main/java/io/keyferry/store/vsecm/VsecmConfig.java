package io.keyferry.store.vsecm;

import io.keyferry.store.vsecm.spiffe.HttpLimits;
import io.keyferry.store.vsecm.spiffe.IdentitySource;
import io.keyferry.store.vsecm.spiffe.SpiffeIdPattern;
import java.time.Duration;
import java.util.Set;

/**
 * How this process speaks to every Safe.
 *
 * @param identity where its own SVID comes from
 * @param safe who may answer; there is no way to accept anybody
 * @param workloadName captures a workload's name of its SPIFFE ID, in the first group
 * @param allowed the only Safes to be spoken to; empty for any
 * @param limits times and sizes of one request
 * @param reuse how old an answer may be for whoever asks, a failure included; zero for none
 */
public record VsecmConfig(
        IdentitySource identity,
        SpiffeIdPattern safe,
        SpiffeIdPattern workloadName,
        Set<SafeAddress> allowed,
        HttpLimits limits,
        Duration reuse) {
    /** How long the first request waits for the agent. */
    static final Duration IDENTITY_TIMEOUT = Duration.ofSeconds(5);

    static final int MAX_BODY_BYTES = 8 << 20;

    /**
     * Checks that names can be captured and answers do not come from the future.
     *
     * @throws IllegalArgumentException if {@code workloadName} has no group, or {@code reuse} is negative
     */
    public VsecmConfig {
        if (workloadName.groups() < 1) {
            throw new IllegalArgumentException("the workload name's pattern captures nothing");
        }
        if (reuse.isNegative()) {
            throw new IllegalArgumentException("reuse is below zero");
        }
        allowed = Set.copyOf(allowed);
    }
}
