package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.keyferry.engine.target.Owner;

/** An owner reference as it stands in an object's metadata. */
public record OwnerRef(
        String apiVersion, String kind, String name, String uid, boolean controller, boolean blockOwnerDeletion) {

    /** A reference that makes its owner the controller and holds up its foreground deletion. */
    public static OwnerRef controlling(String apiVersion, String kind, String name, String uid) {
        return new OwnerRef(apiVersion, kind, name, uid, true, true);
    }

    static OwnerRef of(OwnerReference reference) {
        return new OwnerRef(
                reference.getApiVersion(),
                reference.getKind(),
                reference.getName(),
                reference.getUid(),
                Boolean.TRUE.equals(reference.getController()),
                Boolean.TRUE.equals(reference.getBlockOwnerDeletion()));
    }

    static OwnerRef of(JsonNode reference) {
        return new OwnerRef(
                reference.path("apiVersion").asText(),
                reference.path("kind").asText(),
                reference.path("name").asText(),
                reference.path("uid").asText(),
                reference.path("controller").asBoolean(),
                reference.path("blockOwnerDeletion").asBoolean());
    }

    Owner owner() {
        int slash = apiVersion.indexOf('/');
        return new Owner(slash < 0 ? "" : apiVersion.substring(0, slash), kind, name, uid);
    }

    void writeTo(ObjectNode node) {
        node.put("apiVersion", apiVersion)
                .put("kind", kind)
                .put("name", name)
                .put("uid", uid)
                .put("controller", controller)
                .put("blockOwnerDeletion", blockOwnerDeletion);
    }
}
