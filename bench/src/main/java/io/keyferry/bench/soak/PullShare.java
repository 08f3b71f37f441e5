package io.keyferry.bench.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Objects that each make a Secret of their own name with one entry {@code value}; five read one remote secret. */
final class PullShare implements Share {
    private static final int DEPENDENTS = 5;

    /** Where the remote secrets are. */
    interface Remote {
        /** Stores a value, also if there is none yet. */
        void put(int secret, String value);
    }

    /**
     * The dialect.
     *
     * @param spec what an object called so says to read this remote secret
     */
    record Kind(String dialect, ResourceDefinitionContext resource, SpecOf spec) {}

    /** See {@link Kind}. */
    interface SpecOf {
        Map<String, Object> of(String name, int secret);
    }

    private final Kind kind;
    private final Remote remote;
    private final KubernetesClient client;
    private final String namespace;
    private final int objects;
    private final int secrets;
    private final Map<Integer, Integer> reads = new HashMap<>();
    private final Map<Integer, String> values = new HashMap<>();
    private int edits;

    PullShare(Kind kind, Remote remote, KubernetesClient client, String namespace, int objects) {
        this.kind = kind;
        this.remote = remote;
        this.client = client;
        this.namespace = namespace;
        this.objects = objects;
        this.secrets = Math.max(1, objects / DEPENDENTS);
    }

    @Override
    public String dialect() {
        return kind.dialect();
    }

    @Override
    public void create() {
        for (int secret = 0; secret < secrets; secret++) {
            rotate(secret);
        }
        for (int object = 0; object < objects; object++) {
            create(object, object % secrets);
        }
    }

    private void rotate(int secret) {
        String value = "%s-%d-%d".formatted(dialect(), secret, ++edits);
        remote.put(secret, value);
        values.put(secret, value);
    }

    private String name(int object) {
        return dialect() + "-" + object;
    }

    private Map<String, Object> spec(int object, int secret) {
        return kind.spec().of(name(object), secret);
    }

    private void create(int object, int secret) {
        client.genericKubernetesResources(kind.resource())
                .inNamespace(namespace)
                .resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion(kind.resource().getGroup() + "/"
                                + kind.resource().getVersion())
                        .withKind(kind.resource().getKind())
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name(object))
                        .endMetadata()
                        .addToAdditionalProperties("spec", spec(object, secret))
                        .build())
                .create();
        reads.put(object, secret);
    }

    @Override
    public void edit(RandomGenerator random) {
        int object = random.nextInt(objects);
        switch (random.nextInt(6)) {
            case 0 ->
                client.secrets().inNamespace(namespace).withName(name(object)).delete();
            case 1 -> spoil(object);
            case 2 -> {
                int secret = random.nextInt(secrets);
                client.genericKubernetesResources(kind.resource())
                        .inNamespace(namespace)
                        .withName(name(object))
                        .edit(found -> with(found, spec(object, secret)));
                reads.put(object, secret);
            }
            case 3 -> {
                client.genericKubernetesResources(kind.resource())
                        .inNamespace(namespace)
                        .withName(name(object))
                        .delete();
                create(object, Objects.requireNonNull(reads.get(object)));
            }
            default -> rotate(random.nextInt(secrets));
        }
    }

    private static GenericKubernetesResource with(GenericKubernetesResource object, Map<String, Object> spec) {
        object.setAdditionalProperty("spec", spec);
        return object;
    }

    private void spoil(int object) {
        var secret = client.secrets().inNamespace(namespace).withName(name(object));
        if (secret.get() != null) {
            secret.edit(found -> new SecretBuilder(found)
                    .addToStringData("value", "somebody else's")
                    .build());
        }
    }

    @Override
    public List<String> differences() {
        Map<String, Secret> found = client.secrets().inNamespace(namespace).list().getItems().stream()
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), Function.identity()));
        List<String> differences = new ArrayList<>();
        reads.forEach((object, secret) -> {
            Secret made = found.get(name(object));
            if (made == null
                    || made.getData() == null
                    || !encoded(Objects.requireNonNull(values.get(secret)))
                            .equals(made.getData().get("value"))) {
                differences.add(name(object));
            }
        });
        return differences;
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON object of one member {@code value}. */
    static String json(String value) {
        return new ObjectMapper().createObjectNode().put("value", value).toString();
    }
}
