package io.keyferry.operator.metrics;

import io.keyferry.dialect.vsecmsecret.VSecMSecretMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
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

    VSecMSecretSeries(Series series) {
        refreshes = series.counter(
                "keyferry_vsecm_refreshes",
                "Times that a VSecMSecret was looked at, by what came of it and the reason of its Ready condition.",
                "result",
                "reason");
        durations = series.histogram(
                "keyferry_vsecm_refresh_duration_seconds", "How long looking at a VSecMSecret took.", BOUNDS);
        successes = series.gauge(
                "keyferry_vsecm_last_success_timestamp_seconds",
                "When a VSecMSecret was in order last, since the operator started.",
                "namespace",
                "name");
        intervals = series.gauge(
                "keyferry_vsecm_refresh_interval_seconds",
                "How often a VSecMSecret is looked at; absent if it is not looked at by the clock.",
                "namespace",
                "name");
        answers = series.counter(
                "keyferry_vsecm_safe_answers",
                "What Safe answered: found, missing, or the reason of the failure.",
                "result");
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
