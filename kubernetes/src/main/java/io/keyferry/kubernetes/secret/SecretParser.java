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
import java.util.Optional;
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
        Fingerprint read(String name, JsonParser json) throws IOException;
    }

    private static final class Metadata {
        String namespace = "";
        String name = "";
        String resourceVersion = "";
        final List<OwnerRef> owners = new ArrayList<>(1);
        Map<String, Fingerprint> labels = Map.of();
        Map<String, Fingerprint> annotations = Map.of();
        Ownership own = Ownership.nothing();
        String uid = "";
        String created = "";

        @Nullable
        String deleted;

        Map<String, String> notes = Map.of();
        List<String> finalizers = List.of();
    }

    private final Fingerprinter fingerprinter;
    private final NotePrefixes prefixes;
    private final Known known;

    SecretParser(Fingerprinter fingerprinter, NotePrefixes prefixes, Known known) {
        this.prefixes = prefixes;
        this.fingerprinter = fingerprinter;
        this.known = known;
    }

    /** An answer of the API server that is one Secret. */
    static SecretState answer(JsonParser json, Fingerprinter fingerprinter, NotePrefixes prefixes) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("no Secret");
        }
        return Objects.requireNonNull(new SecretParser(fingerprinter, prefixes, (name, version) -> false)
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
            if (skip) {
                json.skipChildren();
            } else {
                switch (field) {
                    case "metadata" -> skip = metadata(json, metadata);
                    case "data" -> data = map(json, this::bytes);
                    case "type" -> type = json.getValueAsString("");
                    case "immutable" -> immutable = json.getValueAsBoolean();
                    default -> json.skipChildren();
                }
            }
        }
        if (skip) {
            return new Parsed(name(metadata), metadata.resourceVersion, null);
        }
        SecretState state = new SecretState(
                metadata.resourceVersion,
                List.copyOf(metadata.owners),
                data,
                metadata.labels,
                metadata.annotations,
                metadata.own,
                type,
                immutable,
                notes(metadata));
        return new Parsed(name(metadata), metadata.resourceVersion, state);
    }

    private @Nullable SecretNotes notes(Metadata metadata) {
        if (metadata.notes.isEmpty() && metadata.finalizers.stream().noneMatch(prefixes::cover)) {
            return null;
        }
        return new SecretNotes(
                metadata.uid,
                metadata.created,
                metadata.notes,
                metadata.finalizers,
                Optional.ofNullable(metadata.deleted));
    }

    private static SecretName name(Metadata metadata) {
        return new SecretName(metadata.namespace, metadata.name);
    }

    /**
     * The API server writes name and version before whatever takes long to read.
     *
     * @return whether the Secret is known, so that its rest need not be read
     */
    private boolean metadata(JsonParser json, Metadata metadata) throws IOException {
        boolean skip = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (skip) {
                json.skipChildren();
                continue;
            }
            switch (field) {
                case "namespace" -> metadata.namespace = json.getValueAsString("");
                case "name" -> metadata.name = json.getValueAsString("");
                case "resourceVersion" -> {
                    metadata.resourceVersion = json.getValueAsString("");
                    skip = isKnown(metadata);
                }
                case "labels" -> metadata.labels = map(json, this::text);
                case "annotations" -> annotations(json, metadata);
                case "ownerReferences" -> owners(json, metadata.owners);
                case "managedFields" -> metadata.own = Ownership.read(json);
                default -> {
                    if (prefixes.isEmpty()) {
                        json.skipChildren();
                    } else {
                        notable(field, json, metadata);
                    }
                }
            }
        }
        return skip || isKnown(metadata);
    }

    private boolean isKnown(Metadata metadata) {
        return known.knows(name(metadata), metadata.resourceVersion);
    }

    private static void notable(String field, JsonParser json, Metadata metadata) throws IOException {
        switch (field) {
            case "uid" -> metadata.uid = json.getValueAsString("");
            case "creationTimestamp" -> metadata.created = json.getValueAsString("");
            case "deletionTimestamp" -> metadata.deleted = json.getValueAsString();
            case "finalizers" -> metadata.finalizers = texts(json);
            default -> json.skipChildren();
        }
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>(1);
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return texts;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(json.getValueAsString(""));
        }
        return texts;
    }

    private void annotations(JsonParser json, Metadata metadata) throws IOException {
        Map<String, String> notes = new HashMap<>(0);
        metadata.annotations = map(json, (name, value) -> {
            if (prefixes.cover(name)) {
                notes.put(name, value.getValueAsString(""));
            }
            return text(name, value);
        });
        metadata.notes = notes;
    }

    private Fingerprint text(String name, JsonParser json) throws IOException {
        return fingerprinter.of(json.getValueAsString(""));
    }

    /** A value of no bytes may be written as null. */
    private Fingerprint bytes(String name, JsonParser json) throws IOException {
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
                map.put(key.intern(), value.read(key, json));
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
