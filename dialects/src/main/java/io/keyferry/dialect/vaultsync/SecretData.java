package io.keyferry.dialect.vaultsync;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import io.keyferry.kubernetes.secret.SecretName;
import io.keyferry.kubernetes.secret.SecretSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The data of Secrets of one namespace, as a recipe reads it. */
final class SecretData {
    private static final JsonFactory JSON = new JsonFactory();

    private final SecretReader reader;
    private final String namespace;
    private final String hint;

    /** @param hint what else to tell when a Secret cannot be had, with a space before it */
    SecretData(SecretReader reader, String namespace, String hint) {
        this.reader = reader;
        this.namespace = namespace;
        this.hint = hint;
    }

    /** Reads together what is going to be asked for one after the other. */
    void fetch(List<String> secrets) throws InterruptedException {
        try {
            List<Reading> _ = reader.readAll(
                    SecretSource.ACCESS, secrets.stream().map(this::reference).toList());
        } catch (StoreException e) {
            // Whoever asks for the one that failed is told so.
            return;
        }
    }

    private Reference reference(String secret) {
        return SecretSource.reference(new SecretName(namespace, secret));
    }

    /** The Secret's data; empty if there is no such Secret. */
    Optional<SortedMap<String, SecretValue>> find(String secret) throws RecipeException, InterruptedException {
        try {
            return switch (reader.read(SecretSource.ACCESS, reference(secret))) {
                case Reading.Found found -> Optional.of(parsed(found.value()));
                case Reading.Absent _ -> Optional.empty();
                default -> throw new IllegalStateException("Kubernetes answered with something else than a Secret");
            };
        } catch (StoreException e) {
            throw Reason.READ_FAILED.failure(
                    "failed to get secret %s%s: %s"
                            .formatted(secret, hint, e.failure().message()),
                    of(secret));
        }
    }

    /** The Secret's data. */
    SortedMap<String, SecretValue> require(String secret) throws RecipeException, InterruptedException {
        Optional<SortedMap<String, SecretValue>> found = find(secret);
        if (found.isEmpty()) {
            throw Reason.SECRET_MISSING.failure(
                    "failed to get secret %s%s: Secret \"%s\" not found".formatted(secret, hint, secret), of(secret));
        }
        return found.get();
    }

    private Map<String, String> of(String secret) {
        return Map.of(Reason.NAMESPACE, namespace, Reason.SECRET, secret);
    }

    /** The reading is the operator's own: a JSON object of base64 texts. */
    private static SortedMap<String, SecretValue> parsed(SecretValue document) {
        SortedMap<String, SecretValue> data = new TreeMap<>();
        try (JsonParser json = JSON.createParser(document.bytes())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                boolean isNull = json.nextToken() == JsonToken.VALUE_NULL;
                data.put(name, SecretValue.of(isNull ? new byte[0] : json.getBinaryValue()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the API server's answer holds data in base64");
        }
        return data;
    }
}
