package io.keyferry.dialect.syncedsecret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Inventory.Item;
import io.keyferry.engine.store.Reference;
import io.keyferry.kubernetes.namespace.NamespaceSource;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The AWS secrets that the examples of a page work on, in a namespace that allows all. */
final class DocumentedSecrets implements SecretReader {
    private final Map<String, Item> items = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();

    /** @param json as the page shows them */
    DocumentedSecrets(String json) throws IOException {
        new ObjectMapper().readTree(json).properties().forEach(secret -> {
            JsonNode about = secret.getValue();
            Map<String, String> tags = new HashMap<>();
            about.get("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
            Optional<Instant> changed =
                    Optional.of(Instant.parse(about.get("changed").asText()));
            items.put(
                    secret.getKey(),
                    new Item("id:" + secret.getKey(), about.get("version").asText(), changed, tags));
            JsonNode value = about.get("value");
            values.put(secret.getKey(), value.isTextual() ? value.asText() : value.toString());
        });
    }

    @Override
    public Reading read(Access access, Reference reference) {
        if (access.equals(NamespaceSource.ACCESS)) {
            return new Reading.Found(SecretValue.utf8("{}"), Map.of());
        }
        if (reference.kind() == Reference.Kind.LISTING) {
            return new Reading.Inventory(items, Map.of());
        }
        return Optional.ofNullable(values.get(reference.path()))
                .<Reading>map(value -> new Reading.Found(SecretValue.utf8(value), Map.of()))
                .orElse(new Reading.Absent(Reading.Absent.Cause.MISSING, Map.of()));
    }

    @Override
    public List<Reading> readAll(Access access, List<Reference> references) {
        return references.stream().map(reference -> read(access, reference)).toList();
    }
}
