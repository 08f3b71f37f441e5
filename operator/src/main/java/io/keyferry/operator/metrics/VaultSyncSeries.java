package io.keyferry.operator.metrics;

import io.keyferry.dialect.vaultsync.VaultSyncMetrics;
import io.keyferry.store.vault.VaultObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.Map;

/**
 * The metrics of vault-sync-operator, also those that it documents and lacks. Unlike there, an object's series go with the
 * object.
 */
public final class VaultSyncSeries implements VaultSyncMetrics, VaultObserver {
    private static final String PREFIX = "vault_sync_operator_";
    private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double[] SIZES = {1, 2, 5, 10, 20, 50, 100};
    private static final String[] RESULTS = {"success", "failed"};

    private final Counter attempts;
    private final Histogram durations;
    private final Counter logins;
    private final Gauge discovered;
    private final Counter writeErrors;
    private final Counter missingSecrets;
    private final Counter missingKeys;
    private final Counter parseErrors;
    private final Counter checks;
    private final Counter detected;
    private final Counter skipped;
    private final Histogram waits;
    private final Counter limited;
    private final Counter batches;
    private final Histogram batchSizes;
    private final Histogram batchDurations;
    private final Gauge large;

    VaultSyncSeries(Series series, Map<String, String> environment) {
        attempts = series.counter(
                PREFIX + "sync_attempts", "Total number of sync attempts", "namespace", "resource", "result");
        durations = series.histogram(
                PREFIX + "sync_duration_seconds",
                "Duration of sync operations in seconds",
                BOUNDS,
                "namespace",
                "resource");
        logins = series.counter(PREFIX + "auth_attempts", "Total number of Vault authentication attempts", "result");
        discovered = series.gauge(
                PREFIX + "secrets_discovered", "Number of secrets discovered for sync", "namespace", "resource");
        writeErrors = series.counter(
                PREFIX + "vault_write_errors", "Total number of Vault write errors", "error_type", "path");
        missingSecrets = series.counter(
                PREFIX + "secret_not_found_errors",
                "Total number of secret not found errors",
                "namespace",
                "secret_name");
        missingKeys = series.counter(
                PREFIX + "secret_key_missing_errors",
                "Total number of secret key missing errors",
                "namespace",
                "secret_name",
                "key");
        parseErrors = series.counter(
                PREFIX + "config_parse_errors",
                "Total number of configuration parsing errors",
                "namespace",
                "resource",
                "error_type");
        checks = series.counter("vault_sync_rotation_checks", "Total number of comparisons with Vault");
        detected =
                series.counter("vault_sync_rotation_detected", "Total number of comparisons that found a difference");
        skipped = series.counter("vault_sync_rotation_skipped", "Total number of comparisons that found none");
        waits = series.histogram(
                "vault_rate_limit_wait_duration_seconds", "How long writes waited for the rate limit", BOUNDS);
        limited = series.counter("vault_rate_limit_requests", "Total number of writes that passed the rate limit");
        batches = series.counter(
                "vault_batch_operations", "Total number of objects with several paths that were written");
        batchSizes = series.histogram("vault_batch_size_histogram", "Paths per object", SIZES);
        batchDurations =
                series.histogram("vault_batch_duration_seconds", "How long all paths of an object took", BOUNDS);
        large = series.gauge("vault_large_secret_count", "Writes of more than 1 MiB since the start");
        Counter _ = series.counter(
                "vault_memory_optimization_applied", "Kept for dashboards; nothing needs to be optimized for memory");
        runtime(series, environment);
    }

    private static void runtime(Series series, Map<String, String> environment) {
        Gauge info = series.gauge(PREFIX + "runtime_info", "Runtime configuration of the operator", "setting", "value");
        String processors = Integer.toString(Runtime.getRuntime().availableProcessors());
        info.labelValues("gomaxprocs", processors).set(1);
        info.labelValues("numcpu", processors).set(1);
        tell(info, "gomemlimit_bytes", environment.getOrDefault("GOMEMLIMIT", ""));
        tell(info, "gogc", environment.getOrDefault("GOGC", ""));
    }

    private static void tell(Gauge info, String setting, String value) {
        if (!value.isEmpty()) {
            info.labelValues(setting, value).set(1);
        }
    }

    @Override
    public void attempted(String namespace, String resource, boolean success) {
        attempts.labelValues(namespace, resource, result(success)).inc();
    }

    private static String result(boolean success) {
        return RESULTS[success ? 0 : 1];
    }

    @Override
    public void took(String namespace, String resource, Duration duration) {
        durations.labelValues(namespace, resource).observe(OperatorMetrics.seconds(duration));
    }

    @Override
    public void discovered(String namespace, String resource, int secrets) {
        discovered.labelValues(namespace, resource).set(secrets);
    }

    @Override
    public void writeFailed(String errorType, String path) {
        writeErrors.labelValues(errorType, path).inc();
    }

    @Override
    public void secretMissing(String namespace, String secret) {
        missingSecrets.labelValues(namespace, secret).inc();
    }

    @Override
    public void keyMissing(String namespace, String secret, String key) {
        missingKeys.labelValues(namespace, secret, key).inc();
    }

    @Override
    public void annotationUnreadable(String namespace, String resource) {
        parseErrors.labelValues(namespace, resource, "json_parse_error").inc();
    }

    @Override
    public void checked(boolean changed) {
        checks.inc();
        (changed ? detected : skipped).inc();
    }

    @Override
    public void batch(int size, Duration duration) {
        batches.inc();
        batchSizes.observe(size);
        batchDurations.observe(OperatorMetrics.seconds(duration));
    }

    @Override
    public void forget(String namespace, String resource) {
        for (String result : RESULTS) {
            attempts.remove(namespace, resource, result);
        }
        durations.remove(namespace, resource);
        discovered.remove(namespace, resource);
        parseErrors.remove(namespace, resource, "json_parse_error");
    }

    @Override
    public void forgetSecret(String namespace, String secret) {
        missingSecrets.remove(namespace, secret);
    }

    @Override
    public void forgetKey(String namespace, String secret, String key) {
        missingKeys.remove(namespace, secret, key);
    }

    @Override
    public void forgetPath(String errorType, String path) {
        writeErrors.remove(errorType, path);
    }

    @Override
    public void loggedIn(boolean success) {
        logins.labelValues(result(success)).inc();
    }

    @Override
    public void passedLimit(Duration waited) {
        limited.inc();
        waits.observe(OperatorMetrics.seconds(waited));
    }

    @Override
    public void wroteLarge() {
        large.inc();
    }
}
