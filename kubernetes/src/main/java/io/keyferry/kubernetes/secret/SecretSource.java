package io.keyferry.kubernetes.secret;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Following;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.ObjectNames;
import java.util.Map;

/**
 * Kubernetes Secrets as a store: a Secret's document is its {@code data}, a JSON object of base64 texts. The watch tells
 * of their changes. The operator reads them as itself, so that whoever names one must see to it that its user may: a
 * dialect names Secrets of its object's own namespace only.
 */
public final class SecretSource implements SecretStore {
    private static final String KIND = "kubernetes";

    /** The cluster, spoken to as the operator. */
    public static final Access ACCESS = new Access(new StoreAddress(KIND, ""), new Identity.Ambient());

    private final ApiClient api;

    public SecretSource(ApiClient api) {
        this.api = api;
    }

    /** How a Secret is asked for. */
    public static Reference reference(SecretName secret) {
        return Reference.secret(secret.toString());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Following following(Access access, Reference reference) {
        return new Following.Announced();
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException, InterruptedException {
        String[] parts = reference.path().split("/", -1);
        if (reference.kind() != Reference.Kind.SECRET
                || parts.length != 2
                || !ObjectNames.isValid(parts[0])
                || !ObjectNames.isValid(parts[1])) {
            throw new StoreException(new StoreFailure(
                    StoreFailure.Kind.INVALID,
                    StoreFailure.Phase.READ,
                    "\"%s\" is no name of a Secret".formatted(reference.path())));
        }
        try {
            String data = api.get(new SecretName(parts[0], parts[1]).path())
                    .path("data")
                    .toString();
            return new Reading.Found(SecretValue.utf8(data.isEmpty() ? "{}" : data), Map.of());
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return new Reading.Absent(Reading.Absent.Cause.MISSING, Map.of());
            }
            throw new StoreException(new StoreFailure(
                    e.kind(),
                    StoreFailure.Phase.READ,
                    "could not read Secret %s: %s".formatted(reference.path(), e.getMessage())));
        }
    }
}
