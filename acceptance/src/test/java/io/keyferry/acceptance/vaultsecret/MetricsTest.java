package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The original's metrics are there under exactly its names, with its labels and buckets, in the classic text format. */
@WithOperator
class MetricsTest {
    private final World world;
    private final OperatorProcess operator;

    MetricsTest(World world, OperatorProcess operator) {
        this.world = world;
        this.operator = operator;
        world.mount.put("app", Map.of("k", "v"));
    }

    private Map<String, String> series(String name, boolean error) {
        return Map.of("namespace", world.namespace, "name", name, "error", Boolean.toString(error));
    }

    @Test
    void theOriginalsMetricsHaveTheirNamesLabelsAndBuckets() throws IOException {
        world.createReading("app", "app", "1h");
        world.awaitReady("app", "True Synced");
        Samples samples = operator.metrics();
        Map<String, String> good = series("app", false);
        assertThat(samples.value("kw_vop_reconcile_count", good)).hasValue(1.0);
        assertThat(samples.value("kw_vop_reconcile_duration_count", good)).hasValue(1.0);
        assertThat(samples.value("kw_vop_reconcile_duration_sum", good))
                .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(0.0, 60.0));
        List<String> buckets = samples.of("kw_vop_reconcile_duration_bucket").keySet().stream()
                .filter(labels -> labels.entrySet().containsAll(good.entrySet()))
                .map(labels -> labels.getOrDefault("le", ""))
                .toList();
        assertThat(buckets).containsExactlyInAnyOrder("0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf");
        assertThat(samples.values().keySet())
                .noneMatch(name -> name.startsWith("kw_vop_reconcile_count_")
                        || name.startsWith("kw_vop_reconcile_duration_seconds")
                        || name.contains("_created"));
    }

    @Test
    void errorsAreCountedApart() throws IOException {
        world.createReading("app", "none/*", "1h");
        world.awaitReady("app", "False VaultReadFailed");
        Samples samples = operator.metrics();
        assertThat(samples.value("kw_vop_reconcile_count", series("app", true)))
                .hasValueSatisfying(count -> assertThat(count).isPositive());
        assertThat(samples.value("kw_vop_reconcile_count", series("app", false)))
                .isEmpty();
    }

    @Test
    void whatIsRejectedIsNoErrorAndWhatIsInvalidIsNotCounted() throws IOException {
        world.create("rejected", Map.of("paths", List.of(world.path("app")), "targetFormat", "xml"));
        world.createReading("invalid", "app", "10d");
        world.awaitReady("rejected", "False SyncRejected");
        world.awaitReady("invalid", "False InvalidResource");
        Samples samples = operator.metrics();
        assertThat(samples.value("kw_vop_reconcile_count", series("rejected", false)))
                .hasValue(1.0);
        assertThat(samples.value("kw_vop_reconcile_count", series("rejected", true)))
                .isEmpty();
        assertThat(samples.sum("kw_vop_reconcile_count", Map.of("namespace", world.namespace, "name", "invalid")))
                .isZero();
    }

    @Test
    void seriesGoWithTheirObject() throws IOException {
        world.createReading("app", "app", "1h");
        world.awaitReady("app", "True Synced");
        assertThat(operator.metrics().value("kw_vop_reconcile_count", series("app", false)))
                .isPresent();
        world.delete("app");
        await().atMost(World.SOON)
                .until(() -> operator.metrics()
                        .value("kw_vop_reconcile_count", series("app", false))
                        .isEmpty());
    }

    @Test
    void whatDashboardsOfControllersQueryIsThereToo() throws IOException {
        world.createReading("app", "app", "300ms");
        world.createReading("twin", "app", "300ms");
        world.createReading("none", "none/*", "300ms");
        new Reconciles(operator, world).awaitMore("app", 2);
        world.awaitReady("none", "False VaultReadFailed");
        Map<String, String> controller = Map.of("controller", "vaultsecret");
        // Of one reconcile's series one is a moment older than the other.
        await("series that agree").atMost(World.SOON).until(() -> {
            Samples now = operator.metrics();
            double errors = now.sum("controller_runtime_reconcile_errors_total", controller);
            return errors > 0
                    && errors == reconciles(now, "error")
                    && reconciles(now, "requeue_after") >= 2
                    && now.sum("controller_runtime_reconcile_time_seconds_count", controller)
                            == now.sum("controller_runtime_reconcile_total", controller);
        });
        Samples samples = operator.metrics();
        assertThat(samples.value("workqueue_depth", Map.of("controller", "vaultsecret", "name", "vaultsecret")))
                .hasValueSatisfying(depth -> assertThat(depth).isNotNegative());
        assertThat(samples.sum("rest_client_requests_total", Map.of("method", "POST", "code", "201")))
                .isGreaterThanOrEqualTo(2);
    }

    private static double reconciles(Samples samples, String result) {
        return samples.sum("controller_runtime_reconcile_total", Map.of("controller", "vaultsecret", "result", result));
    }

    /** What a change costs and whom it wakes. */
    @Test
    void theEngineTellsOfReadsWakeUpsAndHowLongAChangeTook() throws IOException {
        world.createReading("app", "app", "300ms");
        world.createReading("twin", "app", "300ms");
        world.createReading("none", "none/*", "300ms");
        world.awaitReady("app", "True Synced");
        world.awaitReady("twin", "True Synced");
        world.awaitReady("none", "False VaultReadFailed");
        Samples before = operator.metrics();
        world.mount.put("app", Map.of("k", "new"));
        world.awaitData("app", Map.of("k", "new"));
        world.awaitData("twin", Map.of("k", "new"));
        await("both are told of")
                .atMost(World.SOON)
                .until(() -> more(before, "keyferry_propagation_seconds_count", Map.of("dialect", "vaultsecret")) >= 2);
        assertThat(more(before, "keyferry_wakeups_total", Map.of())).isGreaterThanOrEqualTo(2);
        assertThat(more(before, "keyferry_remote_reads_total", Map.of("store", "vault", "result", "ok")))
                .isPositive();
        assertThat(more(before, "keyferry_remote_reads_shared_total", Map.of("store", "vault")))
                .isPositive();
        assertThat(operator.metrics().sum("keyferry_store_wait_seconds_count", Map.of("store", "vault")))
                .isPositive();
        assertThat(operator.metrics().sum("keyferry_propagation_seconds_sum", Map.of("dialect", "vaultsecret")))
                .isBetween(0.0, 60.0);
        Map<Map<String, String>, Double> objects = operator.metrics().of("keyferry_objects");
        assertThat(objects).containsKeys(objects("ready"), objects("source_failed"));
    }

    private static Map<String, String> objects(String state) {
        return Map.of("dialect", "vaultsecret", "state", state);
    }

    private double more(Samples before, String metric, Map<String, String> labels) throws IOException {
        return operator.metrics().sum(metric, labels) - before.sum(metric, labels);
    }
}
