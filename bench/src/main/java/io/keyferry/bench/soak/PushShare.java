package io.keyferry.bench.soak;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyferry.testkit.KvMount;
import io.keyferry.testkit.Vault;
import io.keyferry.testkit.VaultRefusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Annotated Secrets whose one entry {@code value} goes to a path of their own. */
final class PushShare implements Share {
    private static final String PATH = "vault-sync.io/path";

    private final Vault vault;
    private final KvMount mount;
    private final KubernetesClient client;
    private final String namespace;
    private final int objects;
    private final Map<Integer, String> values = new HashMap<>();
    private int edits;

    PushShare(Vault vault, KubernetesClient client, String namespace, int objects) {
        this.vault = vault;
        this.mount = vault.newMount(2);
        this.client = client;
        this.namespace = namespace;
        this.objects = objects;
    }

    @Override
    public String dialect() {
        return "vaultsync";
    }

    private static String name(int object) {
        return "pushed-" + object;
    }

    private String nextValue(int object) {
        return "pushed-%d-%d".formatted(object, ++edits);
    }

    @Override
    public void create() {
        for (int object = 0; object < objects; object++) {
            create(object);
        }
    }

    private void create(int object) {
        String value = nextValue(object);
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name(object))
                        .addToAnnotations(PATH, mount.name() + "/data/" + name(object))
                        .endMetadata()
                        .addToStringData("value", value)
                        .build())
                .create();
        values.put(object, value);
    }

    /** An object is deleted by a client that does not wait for its finalizer, so it returns only once that is gone. */
    @Override
    public void edit(RandomGenerator random) {
        int object = random.nextInt(objects);
        var secret = client.secrets().inNamespace(namespace).withName(name(object));
        Secret found = secret.get();
        if (found == null) {
            create(object);
        } else if (found.getMetadata().getDeletionTimestamp() == null) {
            if (random.nextInt(6) == 0) {
                secret.delete();
                values.remove(object);
            } else {
                String value = nextValue(object);
                secret.edit(before -> new SecretBuilder(before)
                        .addToStringData("value", value)
                        .build());
                values.put(object, value);
            }
        }
    }

    @Override
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (int object = 0; object < objects; object++) {
            if (!values.getOrDefault(object, "").equals(inVault(object))) {
                differences.add(name(object));
            }
        }
        return differences;
    }

    private String inVault(int object) {
        try {
            return vault.request("GET", mount.name() + "/data/" + name(object), Map.of())
                    .at("/data/data/value")
                    .asText();
        } catch (VaultRefusal e) {
            return "";
        }
    }
}
