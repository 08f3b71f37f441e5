package io.keyferry.dialect.syncedsecret;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreException;
import io.keyferry.kubernetes.namespace.NamespaceSource;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a namespace says of itself. */
record Namespaces(String name, Map<String, String> labels, Map<String, String> annotations) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable Map<String, String>>> METADATA = new TypeReference<>() {};

    static Namespaces read(SecretReader reader, String name) throws RecipeException, InterruptedException {
        try {
            Reading reading = reader.read(NamespaceSource.ACCESS, NamespaceSource.reference(name));
            if (reading instanceof Reading.Found found) {
                return parse(name, found.value());
            }
            throw Reason.READ_FAILED.failure("namespace %s is not to be seen".formatted(name));
        } catch (StoreException e) {
            throw Reason.READ_FAILED.failure(e);
        }
    }

    private static Namespaces parse(String name, SecretValue document) {
        try {
            Map<String, @Nullable Map<String, String>> metadata = JSON.readValue(document.bytes(), METADATA);
            return new Namespaces(
                    name,
                    Objects.requireNonNullElse(metadata.get("labels"), Map.of()),
                    Objects.requireNonNullElse(metadata.get("annotations"), Map.of()));
        } catch (IOException e) {
            throw new IllegalStateException("namespaces are read as JSON", e);
        }
    }
}
