package io.keyferry.dialect.vaultsecret;

import java.time.Duration;

/** The original operator's metrics: {@code kw_vop_reconcile_count} and {@code kw_vop_reconcile_duration}. */
public interface VaultSecretMetrics {
    /** A reconcile that passed validation ended. */
    void reconciled(String namespace, String name, boolean error, Duration took);

    /** An object is gone, and with it what was counted of it. */
    void forget(String namespace, String name);
}
