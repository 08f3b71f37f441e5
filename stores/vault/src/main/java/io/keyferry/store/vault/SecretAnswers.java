package io.keyferry.store.vault;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Absent;
import io.keyferry.engine.store.Reading.Absent.Cause;
import io.keyferry.engine.store.Reading.Found;
import io.keyferry.engine.store.Reading.Listing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What answers of KV engines mean. */
final class SecretAnswers {
    private SecretAnswers() {}

    /** A 404 that says nothing is a missing secret; one with data or warnings is a version without a value. */
    static Reading secret(Mount mount, Answer answer) throws VaultError {
        Map<String, String> attributes = mount.attributes();
        Envelope envelope = Envelope.of(answer);
        if (!envelope.usable()) {
            return new Absent(Cause.MISSING, attributes);
        }
        Optional<JsonSlice> keys = envelope.data();
        if (mount.version() == 2 && keys.isPresent()) {
            keys = inner(answer, keys.get());
        }
        return keys.<Reading>map(slice -> new Found(SecretValue.of(slice.toBytes()), attributes))
                .orElse(new Absent(Cause.EMPTY, attributes));
    }

    /** A place without names is a missing one: Vault keeps no empty folders. */
    static Reading listing(Mount mount, Answer answer) throws VaultError {
        Optional<JsonSlice> data = Envelope.of(answer).data();
        try {
            JsonSlice keys = data.isPresent() ? data.get().members().get("keys") : null;
            List<String> names = keys == null || keys.isNull() ? List.of() : keys.strings();
            return names.isEmpty()
                    ? new Absent(Cause.MISSING, mount.attributes())
                    : new Listing(names, mount.attributes());
        } catch (JsonFault e) {
            throw Envelope.malformed(answer);
        }
    }

    private static Optional<JsonSlice> inner(Answer answer, JsonSlice data) throws VaultError {
        try {
            JsonSlice keys = data.members().get("data");
            if (keys == null || keys.isNull()) {
                return Optional.empty();
            }
            if (!keys.isObject()) {
                throw Envelope.malformed(answer);
            }
            return Optional.of(keys);
        } catch (JsonFault e) {
            throw Envelope.malformed(answer);
        }
    }
}
