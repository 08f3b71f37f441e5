package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.engine.target.Owner;
import java.io.IOException;

/** An owner reference as it stands in an object's metadata. */
public record OwnerRef(
        String apiVersion, String kind, String name, String uid, boolean controller, boolean blockOwnerDeletion) {

    /** A reference that makes its owner the controller and holds up its foreground deletion. */
    public static OwnerRef controlling(String apiVersion, String kind, String name, String uid) {
        return new OwnerRef(apiVersion, kind, name, uid, true, true);
    }

    /** Reads one. The parser stands at its opening brace and is left at its closing one. */
    static OwnerRef read(JsonParser json) throws IOException {
        String apiVersion = "";
        String kind = "";
        String name = "";
        String uid = "";
        boolean controller = false;
        boolean blockOwnerDeletion = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "apiVersion" -> apiVersion = json.getValueAsString("");
                case "kind" -> kind = json.getValueAsString("");
                case "name" -> name = json.getValueAsString("");
                case "uid" -> uid = json.getValueAsString("");
                case "controller" -> controller = json.getValueAsBoolean();
                case "blockOwnerDeletion" -> blockOwnerDeletion = json.getValueAsBoolean();
                default -> json.skipChildren();
            }
        }
        return new OwnerRef(apiVersion, kind, name, uid, controller, blockOwnerDeletion);
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
