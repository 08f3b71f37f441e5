package io.keyferry.operator.metrics;

import io.keyferry.dialect.vaultsecret.VaultSecretMetrics;
import io.keyferry.engine.EngineObserver;
import io.keyferry.engine.read.ReadObserver;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.kubernetes.controller.ControllerObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All metrics of the program: its own under {@code keyferry_}, and under their names what dashboards of
 * controller-runtime query.
 */
public final class OperatorMetrics implements ReadObserver, EngineObserver, ControllerObserver {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorMetrics.class);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] SHORT = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60};
    private static final double[] RECONCILE = {
        .005, .01, .025, .05, .1, .15, .2, .25, .3, .35, .4, .45, .5, .6, .7, .8, .9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3,
        3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60
    };

    private final PrometheusRegistry registry;
    private final Map<SyncId, String> states = new ConcurrentHashMap<>();
    private final Map<String, DoubleSupplier> queues = new ConcurrentHashMap<>();
    private final Counter reads;
    private final Histogram readSeconds;
    private final Counter shared;
    private final Histogram waits;
    private final Counter wakeUps;
    private final Histogram propagation;
    private final Counter eventsDropped;
    private final Counter awsEvents;
    private final Counter reconciles;
    private final Counter reconcileErrors;
    private final Histogram reconcileSeconds;
    private final Counter restRequests;
    private final Gauge leader;
    private final LegacyVaultSecretMetrics vaultSecret;

    public OperatorMetrics(String version, String commit) {
        this(version, commit, new PrometheusRegistry());
    }

    OperatorMetrics(String version, String commit, PrometheusRegistry registry) {
        this.registry = registry;
        Series series = new Series(registry);
        reads = series.counter("keyferry_remote_reads", "Requests to remote stores.", "store", "result");
        readSeconds = series.histogram(
                "keyferry_remote_read_duration_seconds", "How long remote reads took.", SHORT, "store");
        shared = series.counter(
                "keyferry_remote_reads_shared", "Times that an object was served without a read of its own.", "store");
        waits = series.histogram(
                "keyferry_store_wait_seconds", "How long reads waited for their store's budget.", SHORT, "store");
        wakeUps = series.counter("keyferry_wakeups", "Objects woken because something they read changed.");
        propagation = series.histogram(
                "keyferry_propagation_seconds",
                "From seeing that a remote secret changed to having written it.",
                SHORT,
                "dialect");
        eventsDropped =
                series.counter("keyferry_events_dropped", "Kubernetes events not written for there were too many.");
        awsEvents = series.counter("keyferry_aws_events", "Messages of AWS's event queue by what they were.", "result");
        reconciles = series.counter(
                "controller_runtime_reconcile",
                "Total number of reconciliations per controller.",
                "controller",
                "result");
        reconcileErrors = series.counter(
                "controller_runtime_reconcile_errors",
                "Total number of reconciliation errors per controller.",
                "controller");
        reconcileSeconds = series.histogram(
                "controller_runtime_reconcile_time_seconds",
                "Length of time per reconciliation per controller.",
                RECONCILE,
                "controller");
        restRequests = series.counter(
                "rest_client_requests",
                "Number of HTTP requests, partitioned by status code, method, and host.",
                "code",
                "host",
                "method");
        leader = series.gauge(
                "leader_election_master_status",
                "Gauge of if the reporting system is master of the relevant lease.",
                "name");
        vaultSecret = new LegacyVaultSecretMetrics(series);
        series.gauge("keyferry_build_info", "Which build this is.", "version", "commit")
                .labelValues(version, commit)
                .set(1);
        GaugeWithCallback.builder()
                .name("keyferry_objects")
                .help("Objects by dialect and state.")
                .labelNames("dialect", "state")
                .callback(callback -> states.entrySet().stream()
                        .collect(java.util.stream.Collectors.groupingBy(
                                entry -> java.util.List.of(entry.getKey().dialect(), entry.getValue()),
                                java.util.stream.Collectors.counting()))
                        .forEach((labels, count) -> callback.call(count, labels.toArray(String[]::new))))
                .register(registry);
        GaugeWithCallback.builder()
                .name("workqueue_depth")
                .help("Current depth of workqueue.")
                .labelNames("controller", "name")
                .callback(callback -> queues.forEach(
                        (controller, depth) -> callback.call(depth.getAsDouble(), controller, controller)))
                .register(registry);
    }

    PrometheusRegistry registry() {
        return registry;
    }

    public VaultSecretMetrics vaultSecret() {
        return vaultSecret;
    }

    /** Begins to show the metrics of vault-sync-operator. To be called once. */
    public VaultSyncSeries vaultSync(Map<String, String> environment) {
        return new VaultSyncSeries(new Series(registry), environment);
    }

    /** Begins to show the metrics of VSecMSecrets. To be called once. */
    public VSecMSecretSeries vsecmSecret() {
        return new VSecMSecretSeries(new Series(registry));
    }

    /** Shows how many distinct remote keys are watched. */
    public void watchedKeys(DoubleSupplier number) {
        gauge("keyferry_watched_keys", "Distinct remote keys watched.", number);
    }

    /** Shows how many Kubernetes Secrets are in sight. */
    public void knownSecrets(DoubleSupplier number) {
        gauge("keyferry_known_secrets", "Kubernetes Secrets in sight.", number);
    }

    /** Shows how many statuses wait to be written. */
    public void statusBacklog(DoubleSupplier number) {
        gauge("keyferry_status_backlog", "Objects whose status is still to be written.", number);
    }

    /** Shows for how many seconds the X.509-SVID is valid yet, and in all; 0 without one. */
    public void svid(DoubleSupplier left, DoubleSupplier lifetime) {
        gauge("keyferry_vsecm_svid_seconds_left", "Until the X.509-SVID expires; 0 without one.", left);
        gauge(
                "keyferry_vsecm_svid_lifetime_seconds",
                "How long the X.509-SVID is valid in all; 0 without one.",
                lifetime);
    }

    /** Shows a number that is asked for at each scrape. */
    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** Shows how many reconciles wait, under client-go's name. */
    public void workqueue(String controller, DoubleSupplier depth) {
        queues.put(controller, depth);
    }

    /** Shows how many objects of a dialect are in order and how many are not, under kube-secret-syncer's names. */
    public void syncedSecret(String dialect) {
        gauge("secret_sync_success", "Number of SyncedSecrets that are in sync.", () -> inState(dialect, true));
        gauge("secret_sync_failures", "Number of SyncedSecrets that are not.", () -> inState(dialect, false));
    }

    private long inState(String dialect, boolean ready) {
        return states.entrySet().stream()
                .filter(entry -> entry.getKey().dialect().equals(dialect)
                        && entry.getValue().equals("ready") == ready)
                .count();
    }

    public void leading(String lease, boolean leading) {
        leader.labelValues(lease).set(leading ? 1 : 0);
    }

    public void eventDropped() {
        eventsDropped.inc();
    }

    /** A message of AWS's event queue was heard. */
    public void awsEvent(String result) {
        awsEvents.labelValues(result).inc();
    }

    /** A request to the API server was answered. */
    public void request(int code, String host, String method) {
        restRequests.labelValues(Integer.toString(code), host, method).inc();
    }

    @Override
    public void read(String store, StoreFailure.@Nullable Kind failure, Duration duration) {
        String result = failure == null ? "ok" : failure.name().toLowerCase(Locale.ROOT);
        reads.labelValues(store, result).inc();
        readSeconds.labelValues(store).observe(seconds(duration));
    }

    @Override
    public void shared(String store) {
        shared.labelValues(store).inc();
    }

    @Override
    public void waited(String store, Duration duration) {
        waits.labelValues(store).observe(seconds(duration));
    }

    @Override
    public void woken(int objects) {
        wakeUps.inc(objects);
    }

    @Override
    public void unexpected(RuntimeException failure) {
        LOG.error("a store broke its contract", failure);
    }

    @Override
    public void propagated(String dialect, Duration delay) {
        propagation.labelValues(dialect).observe(seconds(delay));
    }

    @Override
    public void reconciled(SyncId id, Ending ending, Duration took) {
        reconciles.labelValues(id.dialect(), ending.text()).inc();
        reconcileSeconds.labelValues(id.dialect()).observe(seconds(took));
        if (ending == Ending.ERROR) {
            reconcileErrors.labelValues(id.dialect()).inc();
        }
    }

    @Override
    public void settled(SyncId id, String state) {
        states.put(id, state);
    }

    @Override
    public void gone(SyncId id) {
        states.remove(id);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
