package io.keyferry.operator;

import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import io.keyferry.operator.metrics.OperatorMetrics;
import io.keyferry.operator.metrics.VSecMSecretSeries;
import io.keyferry.store.vsecm.VsecmConfig;
import io.keyferry.store.vsecm.VsecmStore;
import io.keyferry.store.vsecm.spiffe.SvidState.Svid;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** VSecM Safe as a part of the program: nothing is loaded or shown of it before {@link #start}. */
final class Vsecm implements AutoCloseable {
    private final VsecmStore vsecm;
    private final OperatorMetrics metrics;
    private final Health health;
    private volatile @Nullable VSecMSecretSeries shown;

    Vsecm(VsecmConfig config, OperatorMetrics metrics, Health health, TimeSource time, Timers timers) {
        this.vsecm = new VsecmStore(config, time, timers);
        this.metrics = metrics;
        this.health = health;
    }

    SecretStore store() {
        return new ObservedStore(vsecm, this::answered);
    }

    private void answered(String result) {
        VSecMSecretSeries series = shown;
        if (series != null) {
            series.answered(result);
        }
    }

    /** Begins to obtain the SVID, without which the operator is not ready. */
    void start() {
        health.require(
                "an X.509-SVID from the Workload API", () -> vsecm.identity().everSeen());
        vsecm.start();
    }

    /** @param listener what was read under another identity is to be read again */
    void onIdentityChange(Runnable listener) {
        vsecm.onIdentityChange(state -> listener.run());
    }

    /** Shows the dialect's metrics from now on. To be called once. */
    VSecMSecretSeries series() {
        VSecMSecretSeries series = metrics.vsecmSecret();
        shown = series;
        metrics.svid(() -> seconds(Svid::left), () -> seconds(Svid::lifetime));
        return series;
    }

    private double seconds(Function<Svid, Duration> span) {
        return vsecm.identity().svid().map(span).map(Duration::toSeconds).orElse(0L);
    }

    @Override
    public void close() {
        vsecm.close();
    }
}
