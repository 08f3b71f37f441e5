package io.keyferry.acceptance;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
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
import org.jspecify.annotations.Nullable;

/** A namespace, the custom resources of one kind in it, and the Secrets that are made of them. */
public final class Place implements AutoCloseable {
    /** How long to wait for what takes far less than a second, unless the machine is busy. */
    public static final Duration SOON = Duration.ofSeconds(20);

    private static final Duration OFTEN = Duration.ofMillis(10);

    private final ResourceDefinitionContext kind;
    private final KubernetesClient client;
    private final String namespace;

    private Place(KubernetesClient client, ResourceDefinitionContext kind, String namespace) {
        this.client = client;
        this.kind = kind;
        this.namespace = namespace;
    }

    /** A namespace that no other test has. */
    public static Place in(Cluster cluster, ResourceDefinitionContext kind) {
        return new Place(cluster.client(), kind, cluster.newNamespace());
    }

    /** Another one, whose namespace's name is this one's and something more. */
    public Place neighbour(String suffix) {
        String name = namespace + suffix;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return new Place(client, kind, name);
    }

    /** The folder that the project is in. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve("deploy/crds").toFile().isDirectory()) {
            folder = Objects.requireNonNull(folder.getParent(), "not inside the project");
        }
        return folder;
    }

    public String namespace() {
        return namespace;
    }

    private NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> objects() {
        return client.genericKubernetesResources(kind).inNamespace(namespace);
    }

    public void create(String name, Map<String, ?> spec) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(kind.getGroup() + "/" + kind.getVersion());
        object.setKind(kind.getKind());
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

    public void edit(String name, Consumer<GenericKubernetesResource> change) {
        objects().withName(name).edit(object -> {
            change.accept(object);
            return object;
        });
    }

    public void delete(String name) {
        objects().withName(name).delete();
    }

    public GenericKubernetesResource object(String name) {
        return objects().withName(name).require();
    }

    /** All objects of the kind. */
    public List<GenericKubernetesResource> all() {
        return client.genericKubernetesResources(kind)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    /** One field of the status as text, empty if there is none. */
    public String status(String name, String field) {
        return status(object(name), field);
    }

    /** One field of an object's status as text, empty if there is none. */
    public static String status(GenericKubernetesResource object, String field) {
        Object status = object.get("status");
        return status instanceof Map<?, ?> map && map.get(field) instanceof String text ? text : "";
    }

    /** The status and reason of the condition Ready, as {@code True Synced}; empty if there is none. */
    public String ready(String name) {
        Object conditions = object(name).get("status", "conditions");
        if (!(conditions instanceof List<?> list) || !(list.getFirst() instanceof Map<?, ?> condition)) {
            return "";
        }
        return condition.get("status") + " " + condition.get("reason");
    }

    public void awaitReady(String name, String wanted) {
        await("condition of " + name).atMost(SOON).pollInterval(OFTEN).until(() -> wanted.equals(ready(name)));
    }

    public @Nullable Secret secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    /** The Secret; fails if there is none. */
    public Secret requireSecret(String name) {
        return Objects.requireNonNull(secret(name), () -> "no Secret " + name);
    }

    /** All Secrets of the namespace. */
    public List<Secret> secrets() {
        return client.secrets().inNamespace(namespace).list().getItems();
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

    public void awaitData(String name, Map<String, String> wanted, Duration patience) {
        await("Secret " + name).atMost(patience).pollInterval(OFTEN).until(() -> wanted.equals(data(name)));
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

    /** A line of the operator's log about one object. */
    public String awaitLog(OperatorProcess operator, String name, String message) {
        String object = "\"%s\":{\"name\":\"%s\",\"namespace\":\"%s\"}".formatted(kind.getKind(), name, namespace);
        return operator.awaitLine(line -> line.contains(object) && line.contains("\"msg\":\"" + message + "\""), SOON);
    }

    /** Removes the objects, so that no operator of a later test has them to look after, and the Secrets. */
    @Override
    public void close() {
        objects().delete();
        client.secrets().inNamespace(namespace).delete();
    }
}
