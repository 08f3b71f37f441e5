package io.keyferry.acceptance;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KvMount;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RecordedRequest;
import io.keyferry.testkit.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    public static final Duration SOON = Place.SOON;

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
    private final Place place;

    public World(Cluster cluster, Vault vault) {
        this(cluster, vault, vault.newMount(2));
    }

    public World(Cluster cluster, Vault vault, KvMount mount) {
        this(cluster, vault, mount, Place.in(cluster, VAULT_SECRETS));
    }

    private World(Cluster cluster, Vault vault, KvMount mount, Place place) {
        this.cluster = cluster;
        this.vault = vault;
        this.client = cluster.client();
        this.namespace = place.namespace();
        this.mount = mount;
        this.place = place;
    }

    /** The same namespace with another mount. */
    public World with(KvMount other) {
        return new World(cluster, vault, other, place);
    }

    /** Another one with the same mount, whose namespace's name is this one's and something more. */
    public World neighbour(String suffix) {
        return new World(cluster, vault, mount, place.neighbour(suffix));
    }

    public static void installCrds(Cluster cluster) {
        cluster.applyCrds(root().resolve("deploy/crds/vaultsecrets.yaml"));
    }

    /** The folder that the project is in. */
    public static Path root() {
        return Place.root();
    }

    /** An operator for everything in the cluster. */
    public static OperatorProcess.Builder operator(Cluster cluster, Vault vault) {
        return OperatorProcess.operator()
                .kubeconfig(cluster.kubeconfig())
                .environment("VAULT_ADDR", vault.address())
                .arguments("--leader-elect=false", "--dialects=vaultsecret");
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
        place.create(name, spec);
    }

    /** Creates what a file of the project describes. */
    public void apply(String file) {
        place.apply(file);
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
        place.edit(name, change);
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
        place.delete(name);
    }

    public GenericKubernetesResource vaultSecret(String name) {
        return place.object(name);
    }

    /** All VaultSecrets of the namespace. */
    public List<GenericKubernetesResource> vaultSecrets() {
        return place.all();
    }

    /** {@code lastUpdated} of the status, empty if there is none. */
    public String lastUpdated(String name) {
        return place.status(name, "lastUpdated");
    }

    /** The status and reason of the condition Ready, as {@code True Synced}; empty if there is none. */
    public String ready(String name) {
        return place.ready(name);
    }

    public @Nullable Secret secret(String name) {
        return place.secret(name);
    }

    /** The Secret's data as text; null if there is no Secret. */
    public @Nullable Map<String, String> data(String name) {
        return place.data(name);
    }

    public void awaitData(String name, Map<String, String> wanted) {
        awaitData(name, wanted, SOON);
    }

    public void awaitData(String name, Map<String, String> wanted, Duration patience) {
        place.awaitData(name, wanted, patience);
    }

    public void awaitReady(String name, String wanted) {
        place.awaitReady(name, wanted);
    }

    public List<Event> events(String name) {
        return place.events(name);
    }

    public Event awaitEvent(String name, String reason) {
        return place.awaitEvent(name, reason);
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
        return place.secrets();
    }

    /** The Secret; fails if there is none. */
    public Secret requireSecret(String name) {
        return place.requireSecret(name);
    }

    /** The annotation that links the Secret's sources. */
    public String links(String name) {
        return requireSecret(name).getMetadata().getAnnotations().getOrDefault("k8s-vault-operator/vault-ui-urls", "");
    }

    /** One entry of the Secret, once there is one. */
    public String awaitEntry(String name, String key) {
        return place.awaitEntry(name, key);
    }

    /** A line of the operator's log about one object. */
    public String awaitLog(OperatorProcess operator, String name, String message) {
        return place.awaitLog(operator, name, message);
    }

    @Override
    public void close() {
        place.close();
    }
}
