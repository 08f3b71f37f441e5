package io.keyferry.acceptance.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.RealParts;
import io.keyferry.testkit.ToolFailure;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart by the real Helm. */
@RealParts
class ChartTest {
    private static final String OLD_VALUES =
            "--values=" + Place.root().resolve("acceptance/src/test/resources/chart/vault-sync-operator.yaml");

    private static Container manager(List<HasMetadata> objects) {
        return Chart.only(objects, Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    @Test
    void helmFindsNoMistakeInIt() {
        assertThat(Chart.HELM.lint()).contains("0 chart(s) failed");
        assertThat(Chart.HELM.lint(Chart.EVERYTHING)).contains("0 chart(s) failed");
        assertThat(Chart.HELM.lint(OLD_VALUES)).contains("0 chart(s) failed");
    }

    @Test
    void withoutValuesItSpeaksVaultSecret() {
        assertThat(manager(Chart.render("keyferry")).getArgs()).contains("operator", "--dialects=vaultsecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault.role=r", "vault.authPath=k8s", "clusterName=c", "nameOverride=vault-sync-operator"})
    void whatOnlyTheOriginalsChartHadTellsWhichOneItWas(String value) {
        assertThat(manager(Chart.render("keyferry", "--set=" + value)).getArgs())
                .contains("--dialects=vaultsync");
    }

    /** There they are for everybody: nothing is granted to ask who it is. */
    @Test
    void withFurtherDialectsMetricsAreNotGuarded() {
        List<HasMetadata> objects = Chart.render(
                "keyferry", "--set=dialects.vaultsecret.enabled=true", "--set=dialects.vaultsync.enabled=true");
        assertThat(manager(objects).getArgs()).noneMatch(argument -> argument.contains("enable-metrics-auth"));
    }

    @Test
    void aValuesFileOfTheOriginalsChartMeansWhatItMeant() {
        List<HasMetadata> objects =
                Chart.render("vault-sync-operator", OLD_VALUES, "--set=nameOverride=vault-sync-operator");
        Container manager = manager(objects);
        assertThat(manager.getName()).isEqualTo("manager");
        assertThat(manager.getArgs())
                .contains(
                        "--dialects=vaultsync",
                        "--vault-addr=http://vault.example.org:8200",
                        "--vault-role=writer",
                        "--vault-auth-path=kubernetes-1",
                        "--leader-elect=true",
                        "--enable-metrics-auth=true");
        assertThat(manager.getEnv()).anyMatch(variable -> variable.getName().equals("KEYFERRY_VAULTSYNC_BINARY"));
        assertThat(manager.getResources().getLimits()).containsEntry("memory", new Quantity("128Mi"));
        assertThat(objects)
                .extracting(
                        object -> object.getKind() + " " + object.getMetadata().getName())
                .contains(
                        "Deployment vault-sync-operator-controller-manager",
                        "ServiceAccount vault-sync-operator-controller-manager",
                        "Secret vault-sync-operator-controller-manager-token",
                        "Secret pull",
                        "ClusterRole vault-sync-operator-manager-role",
                        "ClusterRoleBinding vault-sync-operator-manager-role-binding",
                        "Service vault-sync-operator-controller-manager-metrics-service");
        assertThat(Chart.only(objects, Deployment.class).getSpec().getSelector().getMatchLabels())
                .isEqualTo(Map.of(
                        "app.kubernetes.io/name", "vault-sync-operator",
                        "app.kubernetes.io/instance", "vault-sync-operator",
                        "control-plane", "controller-manager"));
        assertThat(Chart.only(objects, ServiceAccount.class).getMetadata().getAnnotations())
                .containsEntry("a", "b");
        assertThat(Chart.all(objects, Secret.class))
                .anySatisfy(secret -> assertThat(secret.getType()).isEqualTo("kubernetes.io/dockerconfigjson"));
    }

    @ParameterizedTest
    @CsvSource({
        "vualt.address=x, vualt",
        "dialects.vaultsecrets.enabled=true, vaultsecrets",
        "replicaCount=many, replicaCount",
        "vault.address=vault:8200, address",
        "controllerManager.metrics.bindAddress=8080, bindAddress",
        "vaultsync.kinds={Pod}, kinds",
    })
    void whatMakesNoSenseIsRefusedByName(String value, String named) {
        assertThatThrownBy(() -> Chart.render("keyferry", "--set=" + value))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(named);
    }

    @Test
    void metricsAreServedAndScrapedOverTlsWithTheCertificateOfASecret() {
        List<HasMetadata> objects = Chart.render(
                "keyferry",
                "--set=controllerManager.metrics.tls.secretName=metrics-tls",
                "--set=serviceMonitor.enabled=true",
                "--set=serviceMonitor.tlsConfig.serverName=keyferry");
        Container manager = manager(objects);
        assertThat(manager.getArgs()).contains("--metrics-cert-path=/etc/keyferry-metrics-tls");
        assertThat(manager.getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/etc/keyferry-metrics-tls"));
        assertThat(Chart.only(objects, Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getVolumes())
                .anyMatch(volume -> volume.getSecret() != null
                        && volume.getSecret().getSecretName().equals("metrics-tls"));
        HasMetadata monitor = objects.stream()
                .filter(object -> object.getKind().equals("ServiceMonitor"))
                .findFirst()
                .orElseThrow();
        assertThat(Chart.YAML.asYaml(monitor)).contains("scheme: \"https\"", "serverName: \"keyferry\"");
    }

    @Test
    void itsVersionIsTheProgramsOwn() throws IOException {
        try (OperatorProcess program = OperatorProcess.launch("--version")) {
            assertThat(program.awaitExit(Place.SOON)).isZero();
            String version = program.lines().getFirst().split(" ", -1)[2];
            String chart = Files.readString(Place.root().resolve("deploy/helm/keyferry/Chart.yaml"));
            assertThat(chart).contains("\nversion: " + version + "\n", "\nappVersion: " + version + "\n");
            assertThat(manager(Chart.render("keyferry")).getImage()).isEqualTo("keyferry:" + version);
            for (String dialect : List.of("vaultsecret", "syncedsecret", "vsecmsecret", "vaultsync")) {
                assertThat(Files.readString(Place.root().resolve("deploy/install/%s.yaml".formatted(dialect))))
                        .contains("image: keyferry:" + version + "\n");
            }
        }
    }

    @Test
    void severalReplicasNeedALeader() {
        assertThatThrownBy(() -> Chart.render("keyferry", "--set=replicaCount=2,controllerManager.leaderElect=false"))
                .hasMessageContaining("set leaderElect to true");
    }

    @Test
    void severalReplicasAreSpreadAndOneOfThemStays() {
        List<HasMetadata> objects = Chart.render("keyferry", "--set=replicaCount=2");
        assertThat(Chart.only(objects, PodDisruptionBudget.class)
                        .getSpec()
                        .getMinAvailable()
                        .getIntVal())
                .isEqualTo(1);
        assertThat(Chart.only(objects, Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getTopologySpreadConstraints())
                .hasSize(1);
        assertThat(Chart.all(Chart.render("keyferry"), PodDisruptionBudget.class))
                .isEmpty();
    }

    @Test
    void withNamespacesNothingOfObjectsIsGrantedInTheWholeCluster() {
        List<HasMetadata> objects =
                Chart.render("keyferry", "--set=dialects.vaultsecret.enabled=true,watchNamespaces={one,two}");
        assertThat(Chart.all(objects, ClusterRole.class)).isEmpty();
        assertThat(Chart.all(objects, Role.class))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactlyInAnyOrder("one", "two", "operators");
        assertThat(manager(objects).getArgs()).contains("--namespace=one", "--namespace=two");
    }

    @Test
    void onlyTheLogLevelChangesWithoutARestart() {
        String quiet = checksum("--set=logLevel=info,config.POLL_INTERVAL_SEC=60");
        assertThat(checksum("--set=logLevel=debug,config.POLL_INTERVAL_SEC=60")).isEqualTo(quiet);
        assertThat(checksum("--set=logLevel=info,config.POLL_INTERVAL_SEC=61")).isNotEqualTo(quiet);
    }

    private static @Nullable String checksum(String values) {
        return Chart.only(Chart.render("keyferry", values), Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("checksum/config");
    }

    @Test
    void longNamesAreCutToWhatKubernetesTakes() {
        List<HasMetadata> objects =
                Chart.render("a-release-name-that-is-as-long-as-helm-lets-it-be-53x", Chart.EVERYTHING);
        assertThat(objects)
                .allSatisfy(object -> assertThat(object.getMetadata().getName())
                        .hasSizeLessThan(
                                List.of("Service", "Deployment", "Namespace").contains(object.getKind()) ? 64 : 254));
    }

    @Test
    void whatWasSyncedAndTheDefinitionsOutliveTheRelease(@Own Cluster cluster, Vault vault) {
        String namespace = cluster.newNamespace();
        Chart.HELM.upgrade(
                cluster, "keyferry", namespace, "--set=vault.address=" + vault.address(), "--set=replicaCount=2");
        assertThat(cluster.client()
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .list()
                        .getItems())
                .extracting(definition -> definition.getMetadata().getName())
                .contains(
                        "vaultsecrets.k8s.kiwi.com", "syncedsecrets.secrets.contentful.com", "vsecmsecrets.vsecm.com");
        try (World world = new World(cluster, vault);
                OperatorProcess operator = world.operator().start()) {
            operator.awaitReady(World.SOON);
            world.mount.put("app", Map.of("k", "v"));
            world.createReading("app", "app", "1h");
            world.awaitData("app", Map.of("k", "v"));
            Chart.HELM.upgrade(
                    cluster, "keyferry", namespace, "--set=vault.address=" + vault.address(), "--set=logLevel=debug");
            Chart.HELM.uninstall(cluster, "keyferry", namespace);
            assertThat(cluster.client()
                            .apps()
                            .deployments()
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(world.data("app")).isEqualTo(Map.of("k", "v"));
            assertThat(world.ready("app")).isEqualTo("True Synced");
        }
    }
}
