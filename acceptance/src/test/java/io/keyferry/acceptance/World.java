package io.keyferry.acceptance;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KvMount;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RecordedRequest;
import io.keyferry.testkit.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a test sees: a namespace of its own, a mount of its own, and the objects in them. */
final class World {
    static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final ResourceDefinitionContext VAULT_SECRETS = new ResourceDefinitionContext.Builder()
            .withGroup("k8s.kiwi.com")
            .withVersion("v1")
            .withKind("VaultSecret")
            .withPlural("vaultsecrets")
            .withNamespaced(true)
            .build();

    final Cluster cluster;
    final Vault vault;
    final KubernetesClient client;
    final String namespace;
    final KvMount mount;

    World(Cluster cluster, Vault vault) {
        this(cluster, vault, vault.newMount(2));
    }

    World(Cluster cluster, Vault vault, KvMount mount) {
        this.cluster = cluster;
        this.vault = vault;
        this.client = cluster.client();
        this.namespace = cluster.newNamespace();
        this.mount = mount;
    }

    static void installCrds(Cluster cluster) {
        cluster.applyCrds(root().resolve("deploy/crds/vaultsecrets.yaml"));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve("deploy/crds").toFile().isDirectory()) {
            folder = java.util.Objects.requireNonNull(folder.getParent(), "not inside the project");
        }
        return folder;
    }

    /** An operator for everything in the cluster. */
    static OperatorProcess.Builder operator(Cluster cluster, Vault vault) {
        return OperatorProcess.operator()
                .kubeconfig(cluster.kubeconfig())
                .environment("VAULT_ADDR", vault.address())
                .arguments("--leader-elect=false");
    }

    /** An operator for this world alone, whatever other tests have left behind. */
    OperatorProcess.Builder operator() {
        return operator(cluster, vault).arguments("--namespace=" + namespace);
    }

    /** Creates a VaultSecret that reads with the root token. {@code spec} is the rest of it. */
    void create(String name, Map<String, ?> spec) {
        Map<String, Object> whole = new TreeMap<>(spec);
        whole.putIfAbsent("auth", Map.of("token", vault.rootToken()));
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("k8s.kiwi.com/v1");
        object.setKind("VaultSecret");
        object.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        object.setAdditionalProperty("spec", whole);
        client.resource(object).create();
    }

    /** The simplest VaultSecret: one path of this world's mount. */
    void createReading(String name, String path, String period) {
        create(name, Map.of("paths", List.of(path(path)), "reconcilePeriod", period));
    }

    Map<String, String> path(String path) {
        return Map.of("path", mount.path(path));
    }

    Map<String, String> path(String path, String prefix) {
        return Map.of("path", mount.path(path), "prefix", prefix);
    }

    void edit(String name, Consumer<GenericKubernetesResource> change) {
        client.genericKubernetesResources(VAULT_SECRETS)
                .inNamespace(namespace)
                .withName(name)
                .edit(object -> {
                    change.accept(object);
                    return object;
                });
    }

    void annotate(String name, String annotation, String value) {
        edit(name, object -> object.getMetadata().setAnnotations(Map.of(annotation, value)));
    }

    void delete(String name) {
        client.genericKubernetesResources(VAULT_SECRETS)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    GenericKubernetesResource vaultSecret(String name) {
        return client.genericKubernetesResources(VAULT_SECRETS)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** {@code lastUpdated} of the status, empty if there is none. */
    String lastUpdated(String name) {
        Object status = vaultSecret(name).get("status");
        return status instanceof Map<?, ?> map && map.get("lastUpdated") instanceof String text ? text : "";
    }

    /** The status and reason of the condition Ready, as {@code True Synced}; empty if there is none. */
    String ready(String name) {
        Object conditions = vaultSecret(name).get("status", "conditions");
        if (!(conditions instanceof List<?> list) || !(list.getFirst() instanceof Map<?, ?> condition)) {
            return "";
        }
        return condition.get("status") + " " + condition.get("reason");
    }

    @Nullable
    Secret secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    /** The Secret's data as text; null if there is no Secret. */
    @Nullable
    Map<String, String> data(String name) {
        Secret secret = secret(name);
        if (secret == null) {
            return null;
        }
        Map<String, String> data = new TreeMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return data;
    }

    void awaitData(String name, Map<String, String> wanted) {
        awaitData(name, wanted, SOON);
    }

    void awaitData(String name, Map<String, String> wanted, Duration patience) {
        await("Secret " + name).atMost(patience).pollInterval(OFTEN).until(() -> wanted.equals(data(name)));
    }

    void awaitReady(String name, String wanted) {
        await("condition of " + name).atMost(SOON).pollInterval(OFTEN).until(() -> wanted.equals(ready(name)));
    }

    List<Event> events(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .toList();
    }

    Event awaitEvent(String name, String reason) {
        return await("event " + reason + " about " + name)
                .atMost(SOON)
                .pollInterval(OFTEN)
                .until(
                        () -> events(name).stream()
                                .filter(event -> event.getReason().equals(reason))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** Requests for values of this world's mount that Vault saw since the last time its record was cleared. */
    List<RecordedRequest> valueReads() {
        return reads("/v1/" + mount.name() + (mount.version() == 2 ? "/data/" : "/"));
    }

    List<RecordedRequest> reads(String prefix) {
        Predicate<RecordedRequest> isRead =
                request -> request.method().equals("GET") && request.path().startsWith(prefix);
        return vault.proxy().requests().stream().filter(isRead).toList();
    }
}
