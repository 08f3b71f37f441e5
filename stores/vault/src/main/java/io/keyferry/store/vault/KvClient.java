package io.keyferry.store.vault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.target.WriteFence;
import io.keyferry.engine.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes key-value secrets of both versions as one identity. Whoever changes something waits for its turn first, once
 * for all requests that the change takes.
 */
final class KvClient {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NOTHING = new byte[0];

    private final Endpoint endpoint;
    private final Authorised authorised;
    private final VaultClient client;
    private final MountProbe probe;
    private final WriteLimit limit;
    private final WriteFence fence;
    private final Fingerprinter fingerprinter;
    private final TimeSource time;
    private final MountTable mounts = new MountTable();

    KvClient(
            Endpoint endpoint,
            Session session,
            VaultClient client,
            MountProbe probe,
            WriteLimit limit,
            WriteFence fence,
            Fingerprinter fingerprinter,
            TimeSource time) {
        this.endpoint = endpoint;
        this.authorised = new Authorised(session);
        this.client = client;
        this.probe = probe;
        this.limit = limit;
        this.fence = fence;
        this.fingerprinter = fingerprinter;
        this.time = time;
    }

    /** Where a path lies. What may be no key-value engine is none: its paths mean something else. */
    KvPath locate(String path) throws VaultError, StoreException, InterruptedException {
        Optional<KvPath> known = KvPath.unquestioned(path);
        if (known.isPresent()) {
            return known.get();
        }
        Mount mount = mounts.of(ApiPath.join(path), time.nanos(), this::probe);
        if (!mount.told()) {
            throw VaultError.invalid("the server does not tell which engine %s belongs to".formatted(path));
        }
        if (!mount.engine().equals("kv") && !mount.engine().equals("generic")) {
            throw VaultError.invalid("%s is no key-value engine but %s".formatted(mount.path(), mount.engine()));
        }
        return KvPath.in(mount, path);
    }

    /** Asks again where paths of this one's mount lie, the next time that one is needed. */
    void doubt(KvPath path) {
        mounts.forget(path.mount());
    }

    private Mount probe(String cleanPath) throws VaultError, StoreException, InterruptedException {
        return authorised.send(token -> probe.of(endpoint, token, cleanPath));
    }

    /** Waits until the next change may be made. */
    void takeTurn() throws InterruptedException {
        limit.pass();
    }

    KvEntry read(KvPath path) throws VaultError, StoreException, InterruptedException {
        return KvEntry.of(path, authorised.send(token -> client.get(endpoint, token, path.data(), "")), fingerprinter);
    }

    /**
     * Replaces the value.
     *
     * @param version the version that is to be replaced, 0 for none; on KV version 1 without effect
     * @return the version that was written; 0 on KV version 1
     */
    long write(KvPath path, Map<String, SecretValue> data, long version)
            throws VaultError, StoreException, InterruptedException {
        byte[] body = path.version() == 2 ? versioned(data, version) : json(json -> writeData(json, data));
        List<String> secrets = data.values().stream().map(SecretValue::utf8).toList();
        Answer answer = change("PUT", path.data(), body, secrets);
        return path.version() == 2 ? written(answer) : 0;
    }

    private static byte[] versioned(Map<String, SecretValue> data, long version) {
        return json(json -> {
            json.writeObjectFieldStart("options");
            json.writeNumberField("cas", version);
            json.writeEndObject();
            json.writeObjectFieldStart("data");
            writeData(json, data);
            json.writeEndObject();
        });
    }

    private static void writeData(JsonGenerator json, Map<String, SecretValue> data) throws IOException {
        for (Map.Entry<String, SecretValue> entry : data.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue().utf8());
        }
    }

    private static long written(Answer answer) throws VaultError {
        try {
            JsonSlice data = Envelope.of(answer).data().orElseThrow(() -> Envelope.malformed(answer));
            JsonSlice version = data.members().get("version");
            return version == null ? 0 : Long.parseLong(version.text());
        } catch (JsonFault | NumberFormatException e) {
            throw Envelope.malformed(answer);
        }
    }

    /** Replaces the custom metadata; only on KV version 2. Makes no version. */
    void annotate(KvPath path, Map<String, String> metadata) throws VaultError, StoreException, InterruptedException {
        byte[] body = json(json -> {
            json.writeObjectFieldStart("custom_metadata");
            for (Map.Entry<String, String> entry : metadata.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        });
        Answer _ = change("POST", path.metadata(), body, List.of());
    }

    /** Deletes one version, so that it can be brought back; only on KV version 2. */
    void delete(KvPath path, long version) throws VaultError, StoreException, InterruptedException {
        byte[] body = json(json -> {
            json.writeArrayFieldStart("versions");
            json.writeNumber(version);
            json.writeEndArray();
        });
        Answer _ = change("POST", path.deletion(), body, List.of());
    }

    /** Deletes the latest version, or on KV version 1 the secret. */
    void deleteLatest(KvPath path) throws VaultError, StoreException, InterruptedException {
        remove(path.data());
    }

    /** Deletes all versions and all metadata for good; only on KV version 2. */
    void deleteAll(KvPath path) throws VaultError, StoreException, InterruptedException {
        remove(path.metadata());
    }

    private void remove(String apiPath) throws VaultError, StoreException, InterruptedException {
        Answer _ = change("DELETE", apiPath, NOTHING, List.of());
    }

    private Answer change(String method, String apiPath, byte[] body, List<String> secrets)
            throws VaultError, StoreException, InterruptedException {
        return authorised.send(token -> {
            fence.check();
            return client.send(endpoint, token, method, apiPath, body, secrets);
        });
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static byte[] json(Writing members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.to(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
