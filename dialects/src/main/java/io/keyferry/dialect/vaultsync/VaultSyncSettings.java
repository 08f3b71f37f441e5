package io.keyferry.dialect.vaultsync;

import io.keyferry.kubernetes.annotated.SubjectKind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the operator is configured.
 *
 * @param clusterName precedes all paths as {@code clusters/<name>/}; empty for none
 * @param kinds the kinds of objects that are looked at
 * @param policy which paths may be named
 * @param binary what becomes of values that are no text
 * @param forGood whether what is removed from Vault goes with all its versions
 * @param giveUp after how long an object is let go though Vault cannot be reached to remove its paths; empty for never
 */
public record VaultSyncSettings(
        String clusterName,
        Set<SubjectKind> kinds,
        PathPolicy policy,
        Binary binary,
        boolean forGood,
        Optional<Duration> giveUp) {
    public VaultSyncSettings {
        kinds = Set.copyOf(kinds);
    }

    /** The path that is written for the path that is annotated. */
    String effective(String path) {
        return clusterName.isEmpty() ? path : "clusters/" + clusterName + "/" + path;
    }
}
