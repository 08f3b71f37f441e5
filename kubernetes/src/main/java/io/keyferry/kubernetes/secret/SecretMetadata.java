package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Edits Secrets' metadata. The index knows of it before anybody else, so that it wakes nobody. */
public final class SecretMetadata {
    /**
     * The query that names who notes things on objects. It is another name than that under which content is written:
     * whoever keeps a Secret's content would take the notes for left-overs of its own.
     */
    public static final String WRITER = "?fieldManager=" + Ownership.MANAGER + "-notes";

    private final ApiClient api;
    private final SecretIndex index;
    private final Fingerprinter fingerprinter;

    public SecretMetadata(ApiClient api, SecretIndex index, Fingerprinter fingerprinter) {
        this.api = api;
        this.index = index;
        this.fingerprinter = fingerprinter;
    }

    /**
     * Applies a merge patch.
     *
     * @return the version of the Secret that it made
     */
    public String patch(SecretName name, ObjectNode patch) throws ApiException, InterruptedException {
        @Nullable SecretState written = null;
        index.writing(name);
        try {
            SecretState state = api.patch(
                    name.path() + WRITER, patch, json -> SecretParser.answer(json, fingerprinter, index.prefixes()));
            written = state;
            return state.resourceVersion();
        } finally {
            index.written(name, written);
        }
    }

    /** The version of an object that the API server answered with. */
    public static String resourceVersion(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("no object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean metadata = json.currentName().equals("metadata");
            json.nextToken();
            if (!metadata) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean version = json.currentName().equals("resourceVersion");
                json.nextToken();
                if (version) {
                    return json.getValueAsString("");
                }
                json.skipChildren();
            }
        }
        throw new IOException("an object without a version");
    }
}
