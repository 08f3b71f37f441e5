package io.keyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealParts
class ClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void garbageCollectsWhatAnOwnerLeaves(Cluster cluster) {
        String namespace = cluster.newNamespace();
        ConfigMap owner = configMap(cluster, namespace, "owner").create();
        ConfigMap owned = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("owned")
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("owner")
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .build();
        cluster.client().resource(owned).create();

        cluster.client().resource(owner).delete();

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> cluster.client().resource(owned).get() == null);
    }

    @Test
    void deletesNamespacesWithWhatIsInThem(Cluster cluster) {
        String namespace = cluster.newNamespace();
        configMap(cluster, namespace, "content").create();

        cluster.client().namespaces().withName(namespace).delete();

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> cluster.client().namespaces().withName(namespace).get() == null);
    }

    @Test
    void holdsServiceAccountsToTheirRights(Cluster cluster) {
        String namespace = cluster.newNamespace();
        cluster.newServiceAccount(namespace, "nobody");
        KubernetesClient nobody = cluster.clientFor(cluster.tokenOf(namespace, "nobody"));

        assertThatThrownBy(() -> nobody.secrets().inNamespace(namespace).list())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(403));
    }

    @Test
    void writesKubeconfigsThatWork(Cluster cluster) throws IOException {
        String namespace = cluster.newNamespace();
        Config config = Config.fromKubeconfig(Files.readString(cluster.kubeconfig()));

        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            assertThat(client.namespaces().withName(namespace).get()).isNotNull();
        }
    }

    @Test
    void servesWhatACrdDefines(Cluster cluster, @TempDir Path folder) throws IOException {
        Path crd = Files.writeString(folder.resolve("crd.yaml"), """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: things.testkit.keyferry.io}
                spec:
                  group: testkit.keyferry.io
                  scope: Namespaced
                  names: {plural: things, singular: thing, kind: Thing, listKind: ThingList}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object}}
                """);
        ResourceDefinitionContext things = new ResourceDefinitionContext.Builder()
                .withGroup("testkit.keyferry.io")
                .withVersion("v1")
                .withKind("Thing")
                .withPlural("things")
                .withNamespaced(true)
                .build();

        cluster.applyCrds(crd);
        cluster.applyCrds(crd);

        assertThat(cluster.client()
                        .genericKubernetesResources(things)
                        .inNamespace("default")
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    void countsRequestsByVerbAndResource(Cluster cluster) {
        String namespace = cluster.newNamespace();
        long before = cluster.requestCounts().getOrDefault("POST configmaps", 0L);

        configMap(cluster, namespace, "one").create();
        configMap(cluster, namespace, "two").create();

        assertThat(cluster.requestCounts()).containsEntry("POST configmaps", before + 2);
    }

    @Test
    void restartsItsApiServerAtTheSameAddressWithTheSameObjects(Cluster cluster) {
        String namespace = cluster.newNamespace();
        String address = cluster.address();

        cluster.stopApiServer();
        assertThatThrownBy(() -> cluster.client().raw("/readyz")).isInstanceOf(KubernetesClientException.class);
        cluster.startApiServer();

        assertThat(cluster.address()).isEqualTo(address);
        assertThat(cluster.client().namespaces().withName(namespace).get()).isNotNull();
    }

    @Test
    void leavesNothingRunning() {
        List<Long> pids;
        try (Cluster cluster = Cluster.start()) {
            pids = cluster.pids();
            assertThat(pids)
                    .hasSize(3)
                    .allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
        }
        assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
    }

    private static Resource<ConfigMap> configMap(Cluster cluster, String namespace, String name) {
        return cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build());
    }
}
