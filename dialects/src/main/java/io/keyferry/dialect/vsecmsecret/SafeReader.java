package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.json.Json;
import io.keyferry.json.JsonException;
import io.keyferry.json.JsonReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all that a Safe gives to this operator, and tells failures in this dialect's words. */
final class SafeReader {
    /** The detail of problems that lie at a Safe: its URL. */
    static final String SAFE = "safe";

    private static final String CATALOGUE = "catalogue";
    private static final String SCOUT = "scout";

    private final String url;

    /** @param url in the one form that all share */
    SafeReader(String url) {
        this.url = url;
    }

    /** Empty if the Safe holds nothing for this operator. */
    Optional<SafeContent> read(SecretReader reader) throws RecipeException, InterruptedException {
        Access access = new Access(new StoreAddress("vsecm", url), new Identity.Ambient());
        try {
            Reading reading = reader.read(access, Reference.secret(""));
            return reading instanceof Reading.Found found
                    ? Optional.of(content(found.value(), found.attributes()))
                    : Optional.empty();
        } catch (StoreException e) {
            StoreFailure failure = e.failure();
            String reason = failure.reason().isEmpty() ? "NotReady" : failure.reason();
            throw RecipeException.source(new Problem(reason, failure.message(), Map.of(SAFE, url)), e);
        } catch (JsonException e) {
            throw RecipeException.source(
                    new Problem(Reason.MALFORMED.text(), "%s: the answer is %s".formatted(url, e.getMessage())), null);
        }
    }

    /** That there is nothing. */
    RecipeException missing() {
        return RecipeException.source(
                new Problem(
                        Reason.UPSTREAM_NOT_FOUND.text(),
                        "%s holds no secret for this operator: register one for its SPIFFE ID".formatted(url)),
                null);
    }

    private static SafeContent content(SecretValue value, Map<String, String> attributes) throws JsonException {
        Json json = JsonReader.read(value.bytes());
        if (CATALOGUE.equals(attributes.get("mode")) && json instanceof Json.Arr records) {
            return catalogue(records.elements());
        }
        return SCOUT.equals(attributes.get("identity"))
                ? new SafeContent.SoleRaw(json)
                : new SafeContent.Document(json);
    }

    private static SafeContent catalogue(Collection<Json> records) {
        Map<String, RawSecret> secrets = new HashMap<>();
        for (Json record : records) {
            if (record instanceof Json.Obj object) {
                String name = object.text("name").orElse("");
                Json value = object.members().getOrDefault("value", new Json.Word("null"));
                secrets.putIfAbsent(
                        name,
                        new RawSecret(
                                name,
                                value,
                                namespaces(object),
                                instant(object, "notBefore"),
                                instant(object, "expiresAfter")));
            }
        }
        return new SafeContent.Catalogue(secrets);
    }

    private static List<String> namespaces(Json.Obj record) {
        return record.members().get("namespaces") instanceof Json.Arr names
                ? names.elements().stream()
                        .filter(Json.Text.class::isInstance)
                        .map(name -> ((Json.Text) name).text())
                        .toList()
                : List.of();
    }

    /** Safe writes these itself; what is no time says nothing. */
    private static Optional<Instant> instant(Json.Obj record, String name) {
        return record.text(name).flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }
}
