package io.keyferry.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KubernetesAuth;
import io.keyferry.testkit.KvMount;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import io.keyferry.testkit.VaultRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a test of pushing sees: a namespace of its own, a mount of its own, annotated objects, and what Vault holds. */
public final class PushWorld implements AutoCloseable {
    public static final String PATH = "vault-sync.io/path";
    public static final String SECRETS = "vault-sync.io/secrets";
    public static final String FINALIZER = "vault-sync.io/finalizer";
    public static final String VERSIONS = "vault-sync.io/secret-versions";
    public static final Duration SOON = Place.SOON;

    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final String EVERYTHING =
            "path \"*\" { capabilities = [\"create\", \"read\", \"update\", \"patch\", \"delete\", \"list\"] }";

    /** A way for an operator to log in. */
    public record Login(String mount, String role, Path tokenFile) {
        /** The arguments of an operator that logs in so. */
        public String[] arguments() {
            return new String[] {
                "--vault-auth-path=" + mount, "--vault-role=" + role, "--service-account-token-file=" + tokenFile
            };
        }
    }

    public final Cluster cluster;
    public final Vault vault;
    public final KubernetesClient client;
    public final String namespace;
    public final KvMount mount;

    public PushWorld(Cluster cluster, Vault vault) {
        this(cluster, vault, vault.newMount(2));
    }

    public PushWorld(Cluster cluster, Vault vault, KvMount mount) {
        this(cluster, vault, mount, cluster.newNamespace());
    }

    /** The namespace and the mount of a world in which is pulled. */
    public static PushWorld in(World world) {
        return new PushWorld(world.cluster, world.vault, world.mount, world.namespace);
    }

    private PushWorld(Cluster cluster, Vault vault, KvMount mount, String namespace) {
        this.cluster = cluster;
        this.vault = vault;
        this.client = cluster.client();
        this.namespace = namespace;
        this.mount = mount;
    }

    /** The same namespace with another mount. */
    public PushWorld with(KvMount other) {
        return new PushWorld(cluster, vault, other, namespace);
    }

    /** A login whose tokens may do everything. */
    public static Login login(Cluster cluster, Vault vault) {
        return login(cluster, vault, "1h", Map.of(), EVERYTHING);
    }

    /**
     * @param ttl how long a token lives unless it is renewed
     * @param more further parameters of the role
     * @param policy in HCL
     */
    public static Login login(Cluster cluster, Vault vault, String ttl, Map<String, ?> more, String policy) {
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        String namespace = cluster.newNamespace();
        cluster.newServiceAccount(namespace, "operator");
        String name = vault.newPolicy(policy);
        auth.writeRole("writer", namespace, "operator", ttl, name);
        String path = auth.loginPath();
        String mount = path.substring("auth/".length(), path.length() - "/login".length());
        if (!more.isEmpty()) {
            Map<String, Object> role = new TreeMap<>(more);
            role.put("bound_service_account_names", List.of("operator"));
            role.put("bound_service_account_namespaces", List.of(namespace));
            role.put("token_policies", List.of(name));
            role.put("token_ttl", ttl);
            vault.request("POST", "auth/" + mount + "/role/writer", role);
        }
        return new Login(mount, "writer", tokenFile(cluster.tokenOf(namespace, "operator")));
    }

    private static Path tokenFile(String token) {
        try {
            Path file = Files.createTempFile("keyferry-test-token", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An operator for everything in the cluster. */
    public static OperatorProcess.Builder operator(Cluster cluster, Vault vault, Login login) {
        return OperatorProcess.operator()
                .kubeconfig(cluster.kubeconfig())
                .arguments("--vault-addr=" + vault.address(), "--enable-metrics-auth=false")
                .arguments(login.arguments());
    }

    /** An operator for this world alone, whatever other tests have left behind. */
    public OperatorProcess.Builder operator() {
        return operator(login(cluster, vault));
    }

    public OperatorProcess.Builder operator(Login login) {
        return operator(cluster, vault, login).arguments("--namespace=" + namespace);
    }

    /** The API path of a secret of this world's mount. */
    public String path(String path) {
        return mount.name() + (mount.version() == 2 ? "/data/" : "/") + path;
    }

    public void secret(String name, Map<String, String> data) {
        secret(name, data, Map.of());
    }

    public void secret(String name, Map<String, String> data, Map<String, String> annotations) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }

    public void binarySecret(String name, String key, byte[] value, Map<String, String> annotations) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withData(Map.of(key, Base64.getEncoder().encodeToString(value)))
                        .build())
                .create();
    }

    /** Replaces the data of a Secret. */
    public void rotate(String name, Map<String, String> data) {
        edit(secret(name), secret -> {
            Map<String, String> encoded = new TreeMap<>();
            data.forEach((key, value) ->
                    encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
            secret.setData(encoded);
        });
    }

    /** A Deployment whose pods take all of these Secrets into their environment. */
    public void deployment(String name, Map<String, String> annotations, String... secrets) {
        PodSpecBuilder pod = new PodSpecBuilder();
        var container = pod.addNewContainer().withName("main").withImage("image");
        for (String secret : secrets) {
            container.addNewEnvFrom().withNewSecretRef(secret, false).endEnvFrom();
        }
        deployment(name, annotations, container.endContainer().build());
    }

    public void deployment(String name, Map<String, String> annotations, PodSpec pod) {
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withSpec(pod)
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    public Resource<Deployment> deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name);
    }

    public Resource<Secret> secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name);
    }

    /** Sets annotations; removes those whose value is empty. */
    public static <T extends HasMetadata> void annotate(Resource<T> object, Map<String, String> annotations) {
        edit(object, one -> {
            Map<String, String> next = new TreeMap<>(
                    one.getMetadata().getAnnotations() == null
                            ? Map.of()
                            : one.getMetadata().getAnnotations());
            next.putAll(annotations);
            next.values().removeIf(String::isEmpty);
            one.getMetadata().setAnnotations(next);
        });
    }

    /** Edits an object that the operator may be editing too. */
    public static <T extends HasMetadata> void edit(Resource<T> object, Consumer<T> change) {
        await("an edit")
                .atMost(SOON)
                .pollInterval(OFTEN)
                .ignoreException(KubernetesClientException.class)
                .until(() -> {
                    object.edit(one -> {
                        change.accept(one);
                        return one;
                    });
                    return true;
                });
    }

    /** Waits until the operator has noted what it wrote, after which it has nothing left to do. */
    public static void awaitSettled(Resource<? extends HasMetadata> object) {
        awaitThat("secret-versions", () -> !annotation(object, VERSIONS).isEmpty());
    }

    /** An annotation, empty if there is none. */
    public static String annotation(Resource<? extends HasMetadata> object, String name) {
        Map<String, String> annotations = object.require().getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }

    public static boolean hasFinalizer(Resource<? extends HasMetadata> object) {
        return object.require().getMetadata().getFinalizers().contains(FINALIZER);
    }

    /** What Vault answers for an API path, a missing node where there is nothing. */
    public JsonNode inVault(String apiPath) {
        try {
            return vault.request("GET", apiPath, Map.of());
        } catch (VaultRefusal e) {
            return MissingNode.getInstance();
        }
    }

    /** The data at a path of this world's mount; empty if there is none. */
    public Map<String, String> data(String path) {
        JsonNode answer = inVault(path(path));
        return texts(answer.at(mount.version() == 2 ? "/data/data" : "/data"));
    }

    /** The members of an object of texts. */
    public static Map<String, String> texts(JsonNode object) {
        return object.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, member -> member.getValue().asText(), (a, b) -> b, TreeMap::new));
    }

    /** How many versions a path of this world's mount has had, also if the last is deleted. */
    public int versions(String path) {
        return inVault(mount.name() + "/metadata/" + path)
                .at("/data/current_version")
                .asInt();
    }

    /** The custom metadata at a path of this world's mount. */
    public Map<String, String> marks(String path) {
        return texts(inVault(mount.name() + "/metadata/" + path).at("/data/custom_metadata"));
    }

    public void awaitData(String path, Map<String, String> wanted) {
        awaitData(path, wanted, SOON);
    }

    public void awaitData(String path, Map<String, String> wanted, Duration patience) {
        await("vault path " + path).atMost(patience).pollInterval(OFTEN).until(() -> data(path), wanted::equals);
    }

    public static void awaitThat(String what, BooleanSupplier condition) {
        await(what).atMost(SOON).pollInterval(OFTEN).until(condition::getAsBoolean);
    }

    public List<Event> events(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> name.equals(event.getInvolvedObject().getName()))
                .toList();
    }

    public Event awaitEvent(String name, String reason) {
        return awaitEvent(name, reason, SOON);
    }

    public Event awaitEvent(String name, String reason, Duration patience) {
        return await("event " + reason + " of " + name)
                .atMost(patience)
                .pollInterval(OFTEN)
                .until(
                        () -> events(name).stream()
                                .filter(event -> reason.equals(event.getReason()))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    /** Removes what an operator would otherwise have to look after. */
    @Override
    public void close() {
        client.apps().deployments().inNamespace(namespace).list().getItems().forEach(this::drop);
        client.secrets().inNamespace(namespace).list().getItems().forEach(this::drop);
    }

    private void drop(HasMetadata object) {
        client.resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"finalizers\":null,\"annotations\":null}}");
        client.resource(object).delete();
    }
}
