package io.keyferry.store.vault;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.target.Owner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lies at a {@link KvPath}, without values.
 *
 * @param exists whether there is a value
 * @param version the current version, also if it is deleted; 0 if there never was one, and on KV version 1
 * @param data the value's members
 * @param metadata the custom metadata
 * @param age how long ago the current version was written, by the server's own clock and to a second; empty if it does not tell
 */
record KvEntry(
        boolean exists,
        long version,
        Map<String, Fingerprint> data,
        Map<String, String> metadata,
        Optional<Duration> age) {
    Optional<Owner> owner() {
        return OwnerMark.read(metadata);
    }

    static KvEntry of(KvPath path, Answer answer, Fingerprinter fingerprinter) throws VaultError {
        Envelope envelope = Envelope.of(answer);
        Optional<JsonSlice> body = envelope.usable() ? envelope.data() : Optional.empty();
        if (body.isEmpty()) {
            return new KvEntry(false, 0, Map.of(), Map.of(), Optional.empty());
        }
        try {
            return path.version() == 2
                    ? versioned(body.get().members(), answer.header("date"), fingerprinter)
                    : new KvEntry(true, 0, fingerprints(body.get(), fingerprinter), Map.of(), Optional.empty());
        } catch (JsonFault | NumberFormatException e) {
            throw Envelope.malformed(answer);
        }
    }

    private static KvEntry versioned(Map<String, JsonSlice> members, Optional<String> date, Fingerprinter fingerprinter)
            throws JsonFault {
        JsonSlice data = members.get("data");
        JsonSlice metadata = members.get("metadata");
        Map<String, JsonSlice> about = metadata == null || metadata.isNull() ? Map.of() : metadata.members();
        JsonSlice version = about.get("version");
        boolean exists = data != null && data.isObject();
        return new KvEntry(
                exists,
                version == null ? 0 : Long.parseLong(version.text()),
                data != null && exists ? fingerprints(data, fingerprinter) : Map.of(),
                texts(about.get("custom_metadata")),
                age(about.get("created_time"), date));
    }

    private static Optional<Duration> age(@Nullable JsonSlice created, Optional<String> date) throws JsonFault {
        if (created == null || !created.isText() || date.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant now = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.get(), Instant::from);
            return Optional.of(Duration.between(Instant.parse(created.string()), now));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> texts(@Nullable JsonSlice object) throws JsonFault {
        Map<String, String> texts = new LinkedHashMap<>();
        if (object != null && !object.isNull()) {
            for (Map.Entry<String, JsonSlice> member : object.members().entrySet()) {
                texts.put(member.getKey(), member.getValue().string());
            }
        }
        return texts;
    }

    /** A member that is no text differs from every text: a byte precedes it that no UTF-8 text has. */
    private static Map<String, Fingerprint> fingerprints(JsonSlice object, Fingerprinter fingerprinter)
            throws JsonFault {
        Map<String, Fingerprint> fingerprints = new HashMap<>();
        for (Map.Entry<String, JsonSlice> member : object.members().entrySet()) {
            JsonSlice value = member.getValue();
            byte[] bytes = value.isText()
                    ? value.string().getBytes(StandardCharsets.UTF_8)
                    : ("\0" + value.text()).getBytes(StandardCharsets.ISO_8859_1);
            if (!value.isText()) {
                bytes[0] = (byte) 0xff;
            }
            fingerprints.put(member.getKey(), fingerprinter.of(bytes));
        }
        return fingerprints;
    }
}
