package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads Secrets token by token, so that no more than one value of one Secret is in memory. What is not remembered is
 * passed over.
 */
final class SecretParser {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** Tells whether a Secret's rest need not be read. */
    interface Known {
        boolean knows(SecretName name, String resourceVersion);
    }

    /**
     * A Secret that was read.
     *
     * @param state null if it was known already
     */
    record Parsed(
            SecretName name,
            String resourceVersion,
            @Nullable SecretState state) {}

    private interface Value {
        Fingerprint read(JsonParser json) throws IOException;
    }

    private static final class Metadata {
        String namespace = "";
        String name = "";
        String resourceVersion = "";
        final List<OwnerRef> owners = new ArrayList<>(1);
        Map<String, Fingerprint> labels = Map.of();
        Map<String, Fingerprint> annotations = Map.of();
        Ownership own = Ownership.nothing();
    }

    private final Fingerprinter fingerprinter;
    private final Known known;

    SecretParser(Fingerprinter fingerprinter, Known known) {
        this.fingerprinter = fingerprinter;
        this.known = known;
    }

    /** An answer of the API server that is one Secret. */
    static SecretState answer(JsonParser json, Fingerprinter fingerprinter) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("no Secret");
        }
        return Objects.requireNonNull(new SecretParser(fingerprinter, (name, version) -> false)
                .read(json)
                .state());
    }

    /** Reads one Secret. The parser stands at its opening brace and is left at its closing one. */
    Parsed read(JsonParser json) throws IOException {
        Metadata metadata = new Metadata();
        Map<String, Fingerprint> data = Map.of();
        String type = "";
        boolean immutable = false;
        boolean skip = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("metadata")) {
                metadata(json, metadata);
                skip = known.knows(name(metadata), metadata.resourceVersion);
            } else if (skip) {
                json.skipChildren();
            } else {
                switch (field) {
                    case "data" -> data = map(json, this::bytes);
                    case "type" -> type = json.getValueAsString("");
                    case "immutable" -> immutable = json.getValueAsBoolean();
                    default -> json.skipChildren();
                }
            }
        }
        SecretState state = new SecretState(
                metadata.resourceVersion,
                List.copyOf(metadata.owners),
                data,
                metadata.labels,
                metadata.annotations,
                metadata.own,
                type,
                immutable);
        return new Parsed(name(metadata), metadata.resourceVersion, skip ? null : state);
    }

    private static SecretName name(Metadata metadata) {
        return new SecretName(metadata.namespace, metadata.name);
    }

    private void metadata(JsonParser json, Metadata metadata) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "namespace" -> metadata.namespace = json.getValueAsString("");
                case "name" -> metadata.name = json.getValueAsString("");
                case "resourceVersion" -> metadata.resourceVersion = json.getValueAsString("");
                case "labels" -> metadata.labels = map(json, this::text);
                case "annotations" -> metadata.annotations = map(json, this::text);
                case "ownerReferences" -> owners(json, metadata.owners);
                case "managedFields" -> metadata.own = Ownership.read(json);
                default -> json.skipChildren();
            }
        }
    }

    private Fingerprint text(JsonParser json) throws IOException {
        return fingerprinter.of(json.getValueAsString(""));
    }

    /** A value of no bytes may be written as null. */
    private Fingerprint bytes(JsonParser json) throws IOException {
        return fingerprinter.of(json.currentToken() == JsonToken.VALUE_NULL ? new byte[0] : json.getBinaryValue());
    }

    private static Map<String, Fingerprint> map(JsonParser json, Value value) throws IOException {
        Map<String, Fingerprint> map = new HashMap<>();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Map.of();
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (key.equals(LAST_APPLIED)) {
                json.skipChildren();
            } else {
                map.put(key.intern(), value.read(json));
            }
        }
        return Map.copyOf(map);
    }

    private static void owners(JsonParser json, List<OwnerRef> owners) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            owners.add(OwnerRef.read(json));
        }
    }
}
