package io.keyferry.store.vsecm.spiffe;

import java.time.Duration;
import java.util.Optional;

/**
 * What identity this process has, for readiness and metrics.
 *
 * @param everSeen whether there was an SVID at any time
 * @param svid the one held now, which may have expired; empty if there is none or the agent took it back
 */
public record SvidState(boolean everSeen, Optional<Svid> svid) {
    /**
     * One X.509-SVID.
     *
     * @param serial the serial number of the leaf certificate, hexadecimal
     * @param left until it expires; zero if it has
     * @param lifetime from the beginning of its validity to its end
     */
    public record Svid(SpiffeId id, String serial, Duration left, Duration lifetime) {}
}
