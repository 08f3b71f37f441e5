package io.keyferry.operator.metrics;

import io.keyferry.dialect.vaultsecret.VaultSecretMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;

/** The metrics of k8s-vault-operator. Unlike there, series go with their object. */
final class LegacyVaultSecretMetrics implements VaultSecretMetrics {
    private static final double[] BOUNDS = {.1, .25, .5, 1, 2.5, 5, 10};
    private static final String[] LABELS = {"namespace", "name", "error"};

    private final Counter count;
    private final Histogram duration;

    LegacyVaultSecretMetrics(Series series) {
        count = series.counter("kw_vop_reconcile_count", "Number of reconciliations of a VaultSecret.", LABELS);
        duration = series.histogram(
                "kw_vop_reconcile_duration",
                "Duration of reconciliations of a VaultSecret in seconds.",
                BOUNDS,
                LABELS);
    }

    @Override
    public void reconciled(String namespace, String name, boolean error, Duration took) {
        String failed = Boolean.toString(error);
        count.labelValues(namespace, name, failed).inc();
        duration.labelValues(namespace, name, failed).observe(OperatorMetrics.seconds(took));
    }

    @Override
    public void forget(String namespace, String name) {
        for (String failed : new String[] {"true", "false"}) {
            count.remove(namespace, name, failed);
            duration.remove(namespace, name, failed);
        }
    }
}
