package io.keyferry.operator.metrics;

import io.keyferry.dialect.vsecmsecret.VSecMSecretMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The metrics of VSecMSecrets. An object's series go with the object. */
public final class VSecMSecretSeries implements VSecMSecretMetrics {
    private static final double[] BOUNDS = {.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final Counter refreshes;
    private final Histogram durations;
    private final Gauge successes;
    private final Gauge intervals;
    private final Counter answers;

    VSecMSecretSeries(PrometheusRegistry registry) {
        refreshes = Counter.builder()
                .withoutExemplars()
                .name("keyferry_vsecm_refreshes")
                .help(
                        "Times that a VSecMSecret was looked at, by what came of it and the reason of its Ready condition.")
                .labelNames("result", "reason")
                .register(registry);
        durations = Histogram.builder()
                .withoutExemplars()
                .name("keyferry_vsecm_refresh_duration_seconds")
                .help("How long looking at a VSecMSecret took.")
                .classicOnly()
                .classicUpperBounds(BOUNDS)
                .register(registry);
        successes = Gauge.builder()
                .withoutExemplars()
                .name("keyferry_vsecm_last_success_timestamp_seconds")
                .help("When a VSecMSecret was in order last, since the operator started.")
                .labelNames("namespace", "name")
                .register(registry);
        intervals = Gauge.builder()
                .withoutExemplars()
                .name("keyferry_vsecm_refresh_interval_seconds")
                .help("How often a VSecMSecret is looked at; absent if it is not looked at by the clock.")
                .labelNames("namespace", "name")
                .register(registry);
        answers = Counter.builder()
                .withoutExemplars()
                .name("keyferry_vsecm_safe_answers")
                .help("What Safe answered: found, missing, or the reason of the failure.")
                .labelNames("result")
                .register(registry);
    }

    @Override
    public void refreshed(boolean success, String reason, Duration took) {
        refreshes.labelValues(success ? "success" : "failure", reason).inc();
        durations.observe(OperatorMetrics.seconds(took));
    }

    @Override
    public void stands(String namespace, String name, Optional<Instant> lastSuccess, Optional<Duration> interval) {
        lastSuccess.ifPresent(when -> successes.labelValues(namespace, name).set((double) when.getEpochSecond()));
        if (interval.isPresent()) {
            intervals.labelValues(namespace, name).set(OperatorMetrics.seconds(interval.get()));
        } else {
            intervals.remove(namespace, name);
        }
    }

    @Override
    public void forget(String namespace, String name) {
        successes.remove(namespace, name);
        intervals.remove(namespace, name);
    }

    /** Safe was asked. */
    public void answered(String result) {
        answers.labelValues(result).inc();
    }
}
