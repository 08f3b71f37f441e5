package io.keyferry.operator.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** All metrics that there can be, as a page. */
public final class MetricsReference {
    private MetricsReference() {}

    /** A table in Markdown of all metrics by the names that queries call them by. */
    public static String markdown() {
        Recorder recorder = new Recorder();
        OperatorMetrics metrics = new OperatorMetrics("", "", recorder);
        metrics.watchedKeys(() -> 0);
        metrics.knownSecrets(() -> 0);
        metrics.statusBacklog(() -> 0);
        metrics.syncedSecret("");
        VSecMSecretSeries _ = metrics.vsecmSecret();
        metrics.svid(() -> 0, () -> 0);
        VaultSyncSeries _ = metrics.vaultSync(Map.of());
        StringBuilder page = new StringBuilder("| metric | type | labels | |\n|---|---|---|---|\n");
        recorder.rows.values().forEach(page::append);
        return page.toString();
    }

    /** Notes what is registered. */
    private static final class Recorder extends PrometheusRegistry {
        private final SortedMap<String, String> rows = new TreeMap<>();

        @Override
        public void register(Collector collector) {
            super.register(collector);
            MetricFamilyDescriptor family = Objects.requireNonNull(
                    collector.getMetricFamilyDescriptor(), "the library's own metrics describe themselves");
            String name = name(family.getPrometheusName(), family.getType());
            Set<String> labels = family.getLabelNames();
            rows.put(
                    name,
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    name,
                                    family.getType().name().toLowerCase(Locale.ROOT),
                                    labels.isEmpty() ? "" : "`" + String.join("`, `", new TreeSet<>(labels)) + "`",
                                    family.getMetadata().getHelp()));
        }

        private static String name(String name, MetricType type) {
            return type == MetricType.COUNTER && !name.equals(MetricsText.BARE_COUNTER) ? name + "_total" : name;
        }
    }
}
