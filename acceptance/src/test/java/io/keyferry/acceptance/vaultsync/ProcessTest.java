package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static io.keyferry.acceptance.PushWorld.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.PushWorld.Login;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Flags, metrics and who may see them, as vault-sync-operator has them. */
@WithWorld
class ProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> BOUNDS =
            List.of("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("vault_sync_operator_sync_attempts_total", "counter"),
            Map.entry("vault_sync_operator_sync_duration_seconds", "histogram"),
            Map.entry("vault_sync_operator_auth_attempts_total", "counter"),
            Map.entry("vault_sync_operator_secrets_discovered", "gauge"),
            Map.entry("vault_sync_operator_vault_write_errors_total", "counter"),
            Map.entry("vault_sync_operator_secret_not_found_errors_total", "counter"),
            Map.entry("vault_sync_operator_secret_key_missing_errors_total", "counter"),
            Map.entry("vault_sync_operator_config_parse_errors_total", "counter"),
            Map.entry("vault_sync_operator_runtime_info", "gauge"),
            Map.entry("vault_sync_rotation_checks_total", "counter"),
            Map.entry("vault_sync_rotation_detected_total", "counter"),
            Map.entry("vault_sync_rotation_skipped_total", "counter"),
            Map.entry("vault_rate_limit_wait_duration_seconds", "histogram"),
            Map.entry("vault_rate_limit_requests_total", "counter"),
            Map.entry("vault_batch_operations_total", "counter"),
            Map.entry("vault_batch_size_histogram", "histogram"),
            Map.entry("vault_batch_duration_seconds", "histogram"),
            Map.entry("vault_large_secret_count", "gauge"),
            Map.entry("vault_memory_optimization_applied_total", "counter"));

    private final PushWorld world;

    ProcessTest(PushWorld world) {
        this.world = world;
    }

    private void allowMetrics(String account) {
        String name = world.namespace + "-metrics";
        world.client
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addNewRule()
                        .withNonResourceURLs("/metrics")
                        .withVerbs("get")
                        .endRule()
                        .build())
                .create();
        world.client
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                        .addNewSubject(null, "ServiceAccount", account, world.namespace)
                        .build())
                .create();
    }

    @Test
    void metricsAreShownToThoseWhoMayGetThem() {
        world.cluster.newServiceAccount(world.namespace, "scraper");
        world.cluster.newServiceAccount(world.namespace, "stranger");
        allowMetrics("scraper");
        Login login = PushWorld.login(world.cluster, world.vault);
        try (OperatorProcess operator = OperatorProcess.operator()
                .kubeconfig(world.cluster.kubeconfig())
                .arguments("-vault-addr", world.vault.address(), "--leader-elect=false")
                .arguments(login.arguments())
                .start()) {
            operator.awaitReady(PATIENCE);
            assertThat(operator.scrape("")).isEqualTo(401);
            assertThat(operator.scrape("nobody's")).isEqualTo(401);
            assertThat(operator.scrape(world.cluster.tokenOf(world.namespace, "stranger")))
                    .isEqualTo(403);
            assertThat(operator.scrape(world.cluster.tokenOf(world.namespace, "scraper")))
                    .isEqualTo(200);
        }
    }

    private void makeOneThatWorksAndFourThatDoNot() {
        world.secret("db", Map.of("k", "v"));
        world.deployment("app", Map.of(PATH, world.path("app")), "db");
        world.deployment("malformed", Map.of(PATH, world.path("x"), SECRETS, "["));
        world.deployment("keyless", Map.of(PATH, world.path("y"), SECRETS, "[{\"name\":\"db\",\"keys\":[\"no\"]}]"));
        world.deployment("lost", Map.of(PATH, world.path("z")), "nowhere");
        world.deployment("denied", Map.of(PATH, "nowhere/data/x"), "db");
    }

    private void awaitFourWarnings() {
        for (String name : List.of("malformed", "keyless", "lost", "denied")) {
            PushWorld.awaitThat(
                    "a warning",
                    () -> world.events(name).stream()
                            .anyMatch(event -> event.getType().equals("Warning")));
        }
    }

    @Test
    void theNineMetricsHaveTheirNamesLabelsAndBuckets() throws IOException {
        makeOneThatWorksAndFourThatDoNot();
        Login login = PushWorld.login(world.cluster, world.vault);
        try (OperatorProcess operator =
                world.operator(login).environment("GOMEMLIMIT", "1000").start()) {
            operator.awaitReady(PATIENCE);
            world.awaitData("app/db", Map.of("k", "v"));
            awaitFourWarnings();
            String namespace = world.namespace;
            Map<String, String> app = Map.of("namespace", namespace, "resource", "app");
            Samples samples = operator.metrics();
            assertThat(samples.value(
                            "vault_sync_operator_sync_attempts_total",
                            Map.of("namespace", namespace, "resource", "app", "result", "success")))
                    .hasValue(1.0);
            assertThat(samples.value("vault_sync_operator_sync_duration_seconds_count", app))
                    .hasValue(1.0);
            for (String bound : BOUNDS) {
                assertThat(samples.value(
                                "vault_sync_operator_sync_duration_seconds_bucket",
                                Map.of("namespace", namespace, "resource", "app", "le", bound)))
                        .isPresent();
            }
            assertThat(samples.value("vault_sync_operator_auth_attempts_total", Map.of("result", "success")))
                    .isPresent();
            assertThat(samples.value("vault_sync_operator_secrets_discovered", app))
                    .hasValue(1.0);
            assertThat(samples.value(
                            "vault_sync_operator_vault_write_errors_total",
                            Map.of("error_type", "permission_denied", "path", "nowhere/data/x/db")))
                    .isPresent();
            assertThat(samples.value(
                            "vault_sync_operator_secret_not_found_errors_total",
                            Map.of("namespace", namespace, "secret_name", "nowhere")))
                    .isPresent();
            assertThat(samples.value(
                            "vault_sync_operator_secret_key_missing_errors_total",
                            Map.of("namespace", namespace, "secret_name", "db", "key", "no")))
                    .isPresent();
            assertThat(samples.value(
                            "vault_sync_operator_config_parse_errors_total",
                            Map.of("namespace", namespace, "resource", "malformed", "error_type", "json_parse_error")))
                    .isPresent();
            assertThat(samples.value(
                            "vault_sync_operator_runtime_info", Map.of("setting", "gomemlimit_bytes", "value", "1000")))
                    .isPresent();
            world.deployment("app").delete();
            PushWorld.awaitThat("series gone", () -> !has(operator, "secrets_discovered", app));
            for (String name : List.of("keyless", "lost", "denied")) {
                PushWorld.annotate(world.deployment(name), Map.of(PATH, ""));
            }
            PushWorld.awaitThat(
                    "series of errors gone",
                    () -> !has(
                                    operator,
                                    "vault_write_errors_total",
                                    Map.of("error_type", "permission_denied", "path", "nowhere/data/x/db"))
                            && !has(
                                    operator,
                                    "secret_not_found_errors_total",
                                    Map.of("namespace", namespace, "secret_name", "nowhere"))
                            && !has(
                                    operator,
                                    "secret_key_missing_errors_total",
                                    Map.of("namespace", namespace, "secret_name", "db", "key", "no"))
                            && !isCounted(operator, "released"));
        }
    }

    /** Whether objects are counted that are in this state. */
    private static boolean isCounted(OperatorProcess operator, String state) {
        try {
            return operator.metrics()
                    .value("keyferry_objects", Map.of("dialect", "vaultsync", "state", state))
                    .filter(count -> count > 0)
                    .isPresent();
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean has(OperatorProcess operator, String metric, Map<String, String> labels) {
        try {
            return operator.metrics()
                    .value("vault_sync_operator_" + metric, labels)
                    .isPresent();
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void theVersionIsToldAsTheOriginalTellsIt() {
        try (OperatorProcess operator = OperatorProcess.launch("operator", "--version")) {
            assertThat(operator.awaitExit(PATIENCE)).isZero();
            assertThat(operator.lines())
                    .anyMatch(line -> line.matches("vault-sync-operator version .+ \\(commit: .+, built: .+\\)"));
        }
        try (OperatorProcess program = OperatorProcess.launch("--version")) {
            assertThat(program.awaitExit(PATIENCE)).isZero();
            assertThat(program.lines()).anyMatch(line -> line.startsWith("keyferry version "));
        }
    }

    @Test
    void theAgentsAddressGoesBeforeTheFlag() {
        Login login = PushWorld.login(world.cluster, world.vault);
        world.secret("db", Map.of("k", "v"), Map.of(PATH, world.path("db")));
        try (OperatorProcess _ = world.operator(login)
                .arguments("--vault-addr=http://127.0.0.1:1")
                .environment("VAULT_AGENT_ADDR", world.vault.address())
                .start()) {
            world.awaitData("db", Map.of("k", "v"));
        }
    }

    private void create(HasMetadata object, String name) {
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(world.namespace)
                .withName(name)
                .addToAnnotations(PATH, world.path(name))
                .build());
        world.client.resource(object).create();
    }

    private static PodTemplateSpec template(String restart) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("app", "some")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(restart)
                .addNewContainer()
                .withName("main")
                .withImage("image")
                .addNewEnvFrom()
                .withNewSecretRef("db", false)
                .endEnvFrom()
                .endContainer()
                .endSpec()
                .build();
    }

    private static LabelSelector selector() {
        return new LabelSelectorBuilder().addToMatchLabels("app", "some").build();
    }

    private void createOneOfEachOtherKind() {
        create(
                new DaemonSetBuilder()
                        .withNewSpec()
                        .withSelector(selector())
                        .withTemplate(template("Always"))
                        .endSpec()
                        .build(),
                "daemonset");
        create(
                new StatefulSetBuilder()
                        .withNewSpec()
                        .withServiceName("some")
                        .withSelector(selector())
                        .withTemplate(template("Always"))
                        .endSpec()
                        .build(),
                "statefulset");
        create(
                new CronJobBuilder()
                        .withNewSpec()
                        .withSchedule("0 0 1 1 *")
                        .withNewJobTemplate()
                        .withNewSpec()
                        .withTemplate(template("Never"))
                        .endSpec()
                        .endJobTemplate()
                        .endSpec()
                        .build(),
                "cronjob");
        create(
                new JobBuilder()
                        .withNewSpec()
                        .withTemplate(template("Never"))
                        .endSpec()
                        .build(),
                "job");
    }

    @Test
    void otherKindsAreLookedAtIfAskedFor() {
        world.secret("db", Map.of("k", "v"));
        createOneOfEachOtherKind();
        try (OperatorProcess _ = world.operator()
                .environment("KEYFERRY_VAULTSYNC_KINDS", "DaemonSet,StatefulSet, CronJob,Job")
                .start()) {
            for (String name : List.of("daemonset", "statefulset", "cronjob", "job")) {
                world.awaitData(name + "/db", Map.of("k", "v"));
            }
        }
    }

    @Test
    void otherKindsAreLeftAloneIfNobodyAsks() {
        world.secret("db", Map.of("k", "v"));
        createOneOfEachOtherKind();
        world.secret("marker", Map.of("k", "v"), Map.of(PATH, world.path("marker")));
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitData("marker", Map.of("k", "v"));
            PushWorld.awaitSettled(world.secret("marker"));
            assertThat(world.mount.list("")).containsExactly("marker");
        }
    }

    @Test
    void theOriginalsArgumentsAreTakenAsItsManifestsGiveThem() {
        Login login = PushWorld.login(world.cluster, world.vault);
        world.secret("db", Map.of("k", "v"), Map.of(PATH, world.path("db")));
        try (OperatorProcess operator = OperatorProcess.operator()
                .kubeconfig(world.cluster.kubeconfig())
                .arguments(
                        "--leader-elect",
                        "--vault-addr=" + world.vault.address(),
                        "--vault-role=vault-sync-operator",
                        "--vault-auth-path=kubernetes",
                        "--enable-metrics-auth=true",
                        "--zap-devel=false",
                        "--zap-log-level=info",
                        "--zap-encoder=json",
                        "--zap-stacktrace-level=error",
                        "--zap-time-encoding=rfc3339")
                .arguments(login.arguments())
                .environment("VAULT_ADDR", "http://127.0.0.1:1")
                .environment("GOMEMLIMIT", "100MiB")
                .environment("GOMAXPROCS", "1")
                .environment("POD_NAMESPACE", world.namespace)
                .start()) {
            operator.awaitReady(PATIENCE);
            world.awaitData("db", Map.of("k", "v"));
            assertThat(operator.scrape("")).isEqualTo(401);
            assertThat(world.client
                            .leases()
                            .inNamespace(world.namespace)
                            .withName("vault-sync-operator.io")
                            .get())
                    .isNotNull();
        }
    }

    @Test
    void metricsHaveTheirTypesAndThoseThatTheOriginalOnlyDocumentsAreThere() throws IOException {
        makeOneThatWorksAndFourThatDoNot();
        Login login = PushWorld.login(world.cluster, world.vault);
        try (OperatorProcess operator = world.operator(login).start()) {
            world.awaitData("app/db", Map.of("k", "v"));
            PushWorld.awaitSettled(world.deployment("app"));
            awaitFourWarnings();
            assertThat(world.awaitEvent("denied", "VaultDenied").getMessage())
                    .startsWith("failed to write secret db to vault: "
                            + "failed to write secret to vault at path nowhere/data/x/db: Error making API request.");
            List<String> lines = operator.exposition().lines().toList();
            TYPES.forEach((name, type) -> assertThat(lines).contains("# TYPE %s %s".formatted(name, type)));
            Samples samples = operator.metrics();
            Map<String, String> none = Map.of();
            assertThat(samples.value("vault_sync_rotation_checks_total", none)).hasValue(1.0);
            assertThat(samples.value("vault_sync_rotation_detected_total", none))
                    .hasValue(1.0);
            assertThat(samples.value("vault_sync_rotation_skipped_total", none)).hasValue(0.0);
            assertThat(samples.value("vault_rate_limit_requests_total", none)).hasValue(1.0);
            assertThat(samples.value("vault_rate_limit_wait_duration_seconds_count", none))
                    .hasValue(1.0);
            assertThat(samples.value("vault_batch_operations_total", none)).hasValue(1.0);
            assertThat(samples.value("vault_batch_size_histogram_count", none)).hasValue(1.0);
            assertThat(samples.value("vault_batch_duration_seconds_count", none))
                    .hasValue(1.0);
            assertThat(samples.value("vault_large_secret_count", none)).hasValue(0.0);
            assertThat(samples.value("vault_memory_optimization_applied_total", none))
                    .hasValue(0.0);
        }
    }

    @Test
    void namespacesMayBeGrantedPaths() {
        world.secret("in", Map.of("k", "v"), Map.of(PATH, world.path("team/in")));
        world.secret("out", Map.of("k", "v"), Map.of(PATH, world.path("other/out")));
        try (OperatorProcess _ = world.operator()
                .environment("KEYFERRY_VAULTSYNC_GRANTS", world.namespace + "=" + world.path("team/"))
                .start()) {
            world.awaitData("team/in", Map.of("k", "v"));
            assertThat(world.awaitEvent("out", "PathForbidden").getMessage()).contains("is not granted");
            assertThat(world.versions("other/out")).isZero();
        }
    }

    @Test
    void aSecondOperatorWaitsForTheLeaseOfTheOriginal() {
        Login login = PushWorld.login(world.cluster, world.vault);
        try (OperatorProcess first = leading(login);
                OperatorProcess second = leading(login)) {
            PushWorld.awaitThat("a leader", () -> leads(first) || leads(second));
            OperatorProcess leader = leads(first) ? first : second;
            OperatorProcess other = leader == first ? second : first;
            other.awaitReady(PATIENCE);
            assertThat(leads(other)).isFalse();
            world.secret("db", Map.of("k", "v"), Map.of(PATH, world.path("db")));
            world.awaitData("db", Map.of("k", "v"));
            leader.terminate();
            assertThat(leader.awaitExit(PATIENCE)).isZero();
            PushWorld.awaitThat("the other leads", () -> leads(other));
            world.rotate("db", Map.of("k", "2"));
            world.awaitData("db", Map.of("k", "2"));
        }
    }

    private OperatorProcess leading(Login login) {
        return world.operator(login)
                .arguments("--leader-elect", "--leader-election-namespace=" + world.namespace)
                .start();
    }

    private static boolean leads(OperatorProcess operator) {
        return operator.lines().stream().anyMatch(line -> line.contains("leading: vaultsync"));
    }
}
