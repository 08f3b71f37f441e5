package io.keyferry.kubernetes.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import java.util.Map;

/**
 * Namespaces as a store, by name. What is found is a JSON object of the namespace's {@code labels} and {@code
 * annotations}. Changes are announced by {@link NamespaceWatch}; polls are the net beneath it.
 */
public final class NamespaceSource implements SecretStore {
    private static final String KIND = "namespace";

    /** As whom, and where, namespaces are read. */
    public static final Access ACCESS = new Access(new StoreAddress(KIND, ""), new Identity.Ambient());

    private final ApiClient api;

    public NamespaceSource(ApiClient api) {
        this.api = api;
    }

    /** What to read for a namespace. */
    public static Reference reference(String namespace) {
        return Reference.secret(namespace);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException, InterruptedException {
        try {
            JsonNode metadata =
                    api.get("/api/v1/namespaces/" + reference.path()).path("metadata");
            ObjectNode found = api.object();
            found.set("labels", metadata.path("labels"));
            found.set("annotations", metadata.path("annotations"));
            return new Reading.Found(SecretValue.utf8(found.toString()), Map.of());
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return new Reading.Absent(Reading.Absent.Cause.MISSING, Map.of());
            }
            throw new StoreException(new StoreFailure(
                    e.kind(),
                    StoreFailure.Phase.READ,
                    "could not read namespace %s: %s".formatted(reference.path(), e.getMessage())));
        }
    }
}
