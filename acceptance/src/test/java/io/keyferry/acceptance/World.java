package io.keyferry.acceptance;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KvMount;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RecordedRequest;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a test sees: a namespace of its own, a mount of its own, and the objects in them. Its VaultSecrets are gone after
 * {@link #close()}, so that no operator of a later test has them to look after.
 */
public final class World implements AutoCloseable {
    /** How long to wait for what takes far less than a second, unless the machine is busy. */
    public static final Duration SOON = Duration.ofSeconds(20);

    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final ResourceDefinitionContext VAULT_SECRETS = new ResourceDefinitionContext.Builder()
            .withGroup("k8s.kiwi.com")
            .withVersion("v1")
            .withKind("VaultSecret")
            .withPlural("vaultsecrets")
            .withNamespaced(true)
            .build();

    public final Cluster cluster;
    public final Vault vault;
    public final KubernetesClient client;
    public final String namespace;
    public final KvMount mount;

    public World(Cluster cluster, Vault vault) {
        this(cluster, vault, vault.newMount(2));
    }

    public World(Cluster cluster, Vault vault, KvMount mount) {
        this(cluster, vault, mount, cluster.newNamespace());
    }

    private World(Cluster cluster, Vault vault, KvMount mount, String namespace) {
        this.cluster = cluster;
        this.vault = vault;
        this.client = cluster.client();
        this.namespace = namespace;
        this.mount = mount;
    }

    /** The same namespace with another mount. */
    public World with(KvMount other) {
        return new World(cluster, vault, other, namespace);
    }

    /** Another one with the same mount, whose namespace's name is this one's and something more. */
    public World neighbour(String suffix) {
        String name = namespace + suffix;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return new World(cluster, vault, mount, name);
    }

    public static void installCrds(Cluster cluster) {
        cluster.applyCrds(root().resolve("deploy/crds/vaultsecrets.yaml"));
    }

    /** The folder that the project is in. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve("deploy/crds").toFile().isDirectory()) {
            folder = Objects.requireNonNull(folder.getParent(), "not inside the project");
        }
        return folder;
    }

    /** An operator for everything in the cluster. */
    public static OperatorProcess.Builder operator(Cluster cluster, Vault vault) {
        return OperatorProcess.operator()
                .kubeconfig(cluster.kubeconfig())
                .environment("VAULT_ADDR", vault.address())
                .arguments("--leader-elect=false");
    }

    /** An operator for this world alone, whatever other tests have left behind. */
    public OperatorProcess.Builder operator() {
        return operator(cluster, vault).arguments("--namespace=" + namespace);
    }

    /** Creates a VaultSecret that reads with the root token unless it says otherwise. */
    public void create(String name, Map<String, ?> spec) {
        createExactly(name, whole(spec));
    }

    /** Creates a VaultSecret to which nothing is added. */
    public void createExactly(String name, Map<String, ?> spec) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("k8s.kiwi.com/v1");
        object.setKind("VaultSecret");
        object.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        object.setAdditionalProperty("spec", spec);
        client.resource(object).create();
    }

    /** Creates what a file of the project describes. */
    public void apply(String file) {
        try (InputStream yaml = Files.newInputStream(root().resolve(file))) {
            client.load(yaml).inNamespace(namespace).create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The simplest VaultSecret: one path of this world's mount. */
    public void createReading(String name, String path, String period) {
        create(name, Map.of("paths", List.of(path(path)), "reconcilePeriod", period));
    }

    public Map<String, String> path(String path) {
        return Map.of("path", mount.path(path));
    }

    public Map<String, String> path(String path, String prefix) {
        return Map.of("path", mount.path(path), "prefix", prefix);
    }

    public void edit(String name, Consumer<GenericKubernetesResource> change) {
        client.genericKubernetesResources(VAULT_SECRETS)
                .inNamespace(namespace)
                .withName(name)
                .edit(object -> {
                    change.accept(object);
                    return object;
                });
    }

    /** Replaces the spec; it reads with the root token unless it says otherwise. */
    public void respec(String name, Map<String, ?> spec) {
        edit(name, object -> object.setAdditionalProperty("spec", whole(spec)));
    }

    private Map<String, Object> whole(Map<String, ?> spec) {
        Map<String, Object> whole = new TreeMap<>(spec);
        whole.putIfAbsent("auth", Map.of("token", vault.rootToken()));
        return whole;
    }

    public void annotate(String name, String annotation, String value) {
        edit(name, object -> object.getMetadata().setAnnotations(Map.of(annotation, value)));
    }

    public void delete(String name) {
        client.genericKubernetesResources(VAULT_SECRETS)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    public GenericKubernetesResource vaultSecret(String name) {
        return client.genericKubernetesResources(VAULT_SECRETS)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** {@code lastUpdated} of the status, empty if there is none. */
    public String lastUpdated(String name) {
        Object status = vaultSecret(name).get("status");
        return status instanceof Map<?, ?> map && map.get("lastUpdated") instanceof String text ? text : "";
    }

    /** The status and reason of the condition Ready, as {@code True Synced}; empty if there is none. */
    public String ready(String name) {
        Object conditions = vaultSecret(name).get("status", "conditions");
        if (!(conditions instanceof List<?> list) || !(list.getFirst() instanceof Map<?, ?> condition)) {
            return "";
        }
        return condition.get("status") + " " + condition.get("reason");
    }

    public @Nullable Secret secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    /** The Secret's data as text; null if there is no Secret. */
    public @Nullable Map<String, String> data(String name) {
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

    public void awaitData(String name, Map<String, String> wanted) {
        awaitData(name, wanted, SOON);
    }

    public void awaitData(String name, Map<String, String> wanted, Duration patience) {
        await("Secret " + name).atMost(patience).pollInterval(OFTEN).until(() -> wanted.equals(data(name)));
    }

    public void awaitReady(String name, String wanted) {
        await("condition of " + name).atMost(SOON).pollInterval(OFTEN).until(() -> wanted.equals(ready(name)));
    }

    public List<Event> events(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .toList();
    }

    public Event awaitEvent(String name, String reason) {
        return await("event " + reason + " about " + name)
                .atMost(SOON)
                .pollInterval(OFTEN)
                .until(
                        () -> events(name).stream()
                                .filter(event -> event.getReason().equals(reason))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Requests for values of this world's mount that Vault saw since the last time its record was cleared. */
    public List<RecordedRequest> valueReads() {
        return reads("/v1/" + mount.name() + (mount.version() == 2 ? "/data/" : "/"));
    }

    public List<RecordedRequest> reads(String prefix) {
        Predicate<RecordedRequest> isRead =
                request -> request.method().equals("GET") && request.path().startsWith(prefix);
        return vault.proxy().requests().stream().filter(isRead).toList();
    }

    /** All Secrets of the namespace. */
    public List<Secret> secrets() {
        return client.secrets().inNamespace(namespace).list().getItems();
    }

    /** The Secret; fails if there is none. */
    public Secret requireSecret(String name) {
        return Objects.requireNonNull(secret(name), () -> "no Secret " + name);
    }

    /** The annotation that links the Secret's sources. */
    public String links(String name) {
        return requireSecret(name).getMetadata().getAnnotations().getOrDefault("k8s-vault-operator/vault-ui-urls", "");
    }

    /** One entry of the Secret, once there is one. */
    public String awaitEntry(String name, String key) {
        return await("entry " + key + " of Secret " + name)
                .atMost(SOON)
                .pollInterval(OFTEN)
                .until(
                        () -> {
                            Map<String, String> data = data(name);
                            return data == null ? Optional.<String>empty() : Optional.ofNullable(data.get(key));
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** A line of the operator's log about one object. */
    public String awaitLog(OperatorProcess operator, String name, String message) {
        String object = "\"VaultSecret\":{\"name\":\"" + name + "\",\"namespace\":\"" + namespace + "\"}";
        return operator.awaitLine(line -> line.contains(object) && line.contains("\"msg\":\"" + message + "\""), SOON);
    }

    @Override
    public void close() {
        client.genericKubernetesResources(VAULT_SECRETS).inNamespace(namespace).delete();
        client.secrets().inNamespace(namespace).delete();
    }
}
