package io.keyferry.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The objects of one run: VaultSecret i reads Vault secret i modulo the number of secrets.
 *
 * @param objects how many VaultSecrets
 * @param secrets how many Vault secrets
 * @param period seconds
 */
record Workload(int objects, int secrets, int period) {
    static final String NAMESPACE = "fleet";
    static final String VAULT_SECRETS = "/apis/k8s.kiwi.com/v1/namespaces/" + NAMESPACE + "/vaultsecrets";
    private static final ObjectMapper JSON = new ObjectMapper();

    static String secretsIn(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    static String vaultPath(int secret) {
        return "team/app-%04d".formatted(secret);
    }

    /** @param edition appears in one of the two values */
    static Map<String, String> value(int secret, int edition) {
        return Map.of("username", "user-" + secret, "password", "password-%04d-%04d".formatted(secret, edition));
    }

    static String name(int object) {
        return "app-%05d".formatted(object);
    }

    /** The first so many objects that read a Vault secret. */
    List<String> dependents(int secret, int most) {
        return IntStream.range(0, objects)
                .filter(object -> object % secrets == secret)
                .limit(most)
                .mapToObj(Workload::name)
                .toList();
    }

    List<byte[]> vaultSecrets(String mount, String token) {
        return IntStream.range(0, objects)
                .mapToObj(object -> vaultSecret(object, mount, token))
                .toList();
    }

    private byte[] vaultSecret(int object, String mount, String token) {
        ObjectNode root =
                JSON.createObjectNode().put("apiVersion", "k8s.kiwi.com/v1").put("kind", "VaultSecret");
        root.putObject("metadata").put("name", name(object));
        ObjectNode spec = root.putObject("spec").put("reconcilePeriod", period + "s");
        spec.putArray("paths").addObject().put("path", mount + "/" + vaultPath(object % secrets));
        spec.putObject("auth").put("token", token);
        return bytes(root);
    }

    /**
     * What makes a Secret of the same size as one that the operator made. Its owner becomes an annotation: in another
     * namespace it would be garbage.
     */
    static ObjectNode likeness(String secret) {
        ObjectNode root = read(secret);
        ObjectNode metadata = (ObjectNode) root.get("metadata");
        JsonNode owners = metadata.remove("ownerReferences");
        metadata.remove(
                List.of("uid", "resourceVersion", "creationTimestamp", "managedFields", "namespace", "generation"));
        if (owners != null) {
            metadata.withObjectProperty("annotations").put("bench.keyferry.io/owner", owners.toString());
        }
        return root;
    }

    static List<byte[]> copies(ObjectNode likeness, int count) {
        return IntStream.range(0, count).mapToObj(i -> bytes(copy(likeness, i))).toList();
    }

    static ObjectNode copy(ObjectNode likeness, int number) {
        ObjectNode copy = likeness.deepCopy();
        ((ObjectNode) copy.get("metadata")).put("name", name(number));
        return copy;
    }

    static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
