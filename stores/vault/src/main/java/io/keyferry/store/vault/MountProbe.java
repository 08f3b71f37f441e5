package io.keyferry.store.vault;

import io.keyferry.engine.time.TimeSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a Vault which engine is mounted at a path, as {@code vault kv} does: {@code sys/internal/ui/mounts/<path>}. */
final class MountProbe {
    private final VaultClient client;
    private final TimeSource time;

    MountProbe(VaultClient client, TimeSource time) {
        this.client = client;
        this.time = time;
    }

    /** A server that does not know the question has KV 1 only. */
    Mount of(Endpoint endpoint, String token, String cleanPath) throws VaultError, InterruptedException {
        long now = time.nanos();
        String apiPath = ApiPath.join("sys/internal/ui/mounts", cleanPath);
        Answer answer = client.get(endpoint, token, apiPath, "");
        if (answer.isNotFound()) {
            return new Mount(ApiPath.firstSegment(cleanPath) + "/", 1, "", false, now);
        }
        JsonSlice data = Envelope.of(answer).data().orElseThrow(() -> Envelope.malformed(answer));
        try {
            Map<String, JsonSlice> members = data.members();
            String path = string(members.get("path"));
            if (path.isEmpty()) {
                return new Mount(ApiPath.firstSegment(cleanPath) + "/", 1, "", false, now);
            }
            JsonSlice options = members.get("options");
            String version = options == null || options.isNull()
                    ? ""
                    : string(options.members().get("version"));
            return new Mount(
                    path.endsWith("/") ? path : path + "/",
                    version.equals("2") ? 2 : 1,
                    string(members.get("type")),
                    true,
                    now);
        } catch (JsonFault e) {
            throw Envelope.malformed(answer);
        }
    }

    private static String string(@Nullable JsonSlice value) throws JsonFault {
        return value == null || value.isNull() ? "" : value.string();
    }
}
