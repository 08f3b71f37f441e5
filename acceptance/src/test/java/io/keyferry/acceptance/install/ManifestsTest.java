package io.keyferry.acceptance.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.keyferry.acceptance.Place;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.Kubectl;
import io.keyferry.testkit.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl apply} installs: Kustomize's overlays, and the same in one file for each dialect. */
@RealParts
class ManifestsTest {
    private static final Kubectl KUBECTL = new Kubectl();
    private static final Path DEPLOY = Place.root().resolve("deploy");

    private static String built(String dialect) {
        return KUBECTL.kustomize(DEPLOY.resolve("kustomize").resolve(dialect));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vaultsecret", "syncedsecret", "vsecmsecret", "vaultsync"})
    void theOneFileIsWhatKustomizeMakes(String dialect) throws IOException {
        String file = Files.readString(DEPLOY.resolve("install").resolve(dialect + ".yaml"));
        assertThat(file.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n")))
                .as("./dev manifests writes it")
                .isEqualTo(built(dialect));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vaultsecret", "syncedsecret", "vsecmsecret", "vaultsync"})
    void theyGrantWhatTheChartGrants(String dialect) {
        assertThat(Rights.granted(Chart.parse(built(dialect))))
                .isEqualTo(
                        Rights.granted(Chart.render("keyferry", "--set=dialects.%s.enabled=true".formatted(dialect))));
    }

    @ParameterizedTest
    @CsvSource({
        "vaultsecret, k8s-vault-operator-system, k8s-vault-operator-vault-operator, vault-operator",
        "syncedsecret, kube-secret-syncer, kube-secret-syncer-controller, kube-secret-syncer",
        "vsecmsecret, vsecm-system, vsecm-operator, operator",
        "vaultsync, vault-sync-operator-system, vault-sync-operator-controller-manager, manager",
    })
    void theApiServerTakesThemUnderTheOriginalsNames(
            String dialect, String namespace, String deployment, String container, Cluster cluster) {
        if (cluster.client().namespaces().withName(namespace).get() == null) {
            Namespace home = new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(namespace)
                    .endMetadata()
                    .build();
            cluster.client().resource(home).create();
        }
        List<HasMetadata> objects = Chart.parse(built(dialect)).stream()
                .filter(object -> !(object instanceof GenericKubernetesResource))
                .toList();
        objects.forEach(
                object -> cluster.client().resource(object).forceConflicts().serverSideApply());
        Deployment applied = cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .require();
        assertThat(applied.getSpec().getTemplate().getSpec().getContainers())
                .singleElement()
                .satisfies(one -> assertThat(one.getName()).isEqualTo(container))
                .satisfies(one -> assertThat(one.getArgs()).contains("operator", "--dialects=" + dialect));
    }
}
