package io.keyferry.testkit.vsecm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What Safe keeps, and the rules by which it is written and read. */
final class SafeSecrets {
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Map<String, StoredSecret> secrets = new HashMap<>();
    private final SafeVault vault = new SafeVault();
    private final Supplier<Instant> clock;

    SafeSecrets(Supplier<Instant> clock) {
        this.clock = clock;
    }

    synchronized SafeAnswer upsert(JsonNode request) {
        String value = request.path("value").asText("");
        if (value.isEmpty()) {
            return SafeAnswer.ok("");
        }
        boolean encrypt = request.path("encrypt").asBoolean(false);
        List<String> workloads = texts(request.path("workloads"));
        if (workloads.isEmpty()) {
            return SafeAnswer.ok(encrypt ? vault.encrypt(value) : "");
        }
        Optional<String> plain = encrypt ? vault.decrypt(value) : Optional.of(value);
        if (plain.isEmpty()) {
            return new SafeAnswer.Body(500, "");
        }
        workloads.forEach(name -> secrets.put(name, secret(name, plain.get(), request)));
        return SafeAnswer.ok("OK".repeat(workloads.size()));
    }

    private StoredSecret secret(String name, String value, JsonNode request) {
        Instant now = clock.get();
        String template = request.path("template").asText("");
        String format = request.path("format").asText("json");
        List<String> namespaces = texts(request.path("namespaces"));
        StoredSecret before = secrets.get(name);
        return new StoredSecret(
                name,
                value,
                Transformation.of(value, template, format),
                namespaces.isEmpty() ? List.of("default") : namespaces,
                template,
                format,
                StoredSecret.correlation(),
                before == null ? now : before.created(),
                now,
                time(request.path("notBefore").asText("now"), now),
                time(request.path("expires").asText("never"), NEVER));
    }

    private static Instant time(String text, Instant otherwise) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    synchronized SafeAnswer delete(JsonNode request) {
        List<String> workloads = texts(request.path("workloads"));
        workloads.forEach(secrets::remove);
        return SafeAnswer.ok(workloads.isEmpty() ? "" : "OK");
    }

    /** Order is random, as that of Go's maps. */
    synchronized SafeAnswer list(boolean reveal) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (StoredSecret secret : secrets.values()) {
            Map<String, Object> listed = secret.listed();
            if (reveal) {
                listed.put("value", vault.encrypt(secret.value()));
            }
            records.add(listed);
        }
        Collections.shuffle(records);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("secrets", records);
        if (reveal) {
            answer.put("algorithm", "aes");
        }
        return SafeAnswer.ok(GoJson.write(answer));
    }

    synchronized SafeAnswer fetch(Caller caller) {
        if (caller.fetchesAll()) {
            return fetchRaw();
        }
        StoredSecret secret = secrets.get(caller.name());
        return secret == null
                ? new SafeAnswer.Body(404, "")
                : envelope(
                        secret.served(), StoredSecret.quoted(secret.created()), StoredSecret.quoted(secret.updated()));
    }

    /** A sole raw secret goes bare, without its name. */
    private SafeAnswer fetchRaw() {
        List<StoredSecret> raw = new ArrayList<>(secrets.values().stream()
                .filter(secret -> secret.name().startsWith("raw:"))
                .toList());
        if (raw.isEmpty()) {
            return new SafeAnswer.Body(404, "");
        }
        if (raw.size() == 1) {
            return envelope(raw.getFirst().served(), "", "");
        }
        Collections.shuffle(raw);
        return envelope(GoJson.write(raw.stream().map(StoredSecret::record).toList()), "", "");
    }

    private static SafeAnswer envelope(String data, String created, String updated) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("data", data);
        envelope.put("created", created);
        envelope.put("updated", updated);
        return SafeAnswer.ok(GoJson.write(envelope));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
