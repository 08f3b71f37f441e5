package io.keyferry.kubernetes.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyferry.engine.content.Fingerprinter;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretParserTest {
    private static final String LABELS_LAST = """
            {"metadata":{"name":"s","namespace":"ns","resourceVersion":"7","labels":{"l":"1"}},"data":{"k":"dg=="}}""";
    private static final String LABELS_FIRST = """
            {"metadata":{"labels":{"l":"1"},"resourceVersion":"7","namespace":"ns","name":"s"},"data":{"k":"dg=="}}""";
    private static final String DATA_FIRST = """
            {"data":{"k":"dg=="},"metadata":{"labels":{"l":"1"},"name":"s","namespace":"ns","resourceVersion":"7"}}""";

    private static SecretParser.Parsed parse(String secret, String knownVersion) throws IOException {
        SecretName known = new SecretName("ns", "s");
        SecretParser parser = new SecretParser(
                Fingerprinter.random(),
                NotePrefixes.none(),
                (name, version) -> name.equals(known) && version.equals(knownVersion));
        try (JsonParser json = new JsonFactory().createParser(secret + " \"next\"")) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            SecretParser.Parsed parsed = parser.read(json);
            assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
            return parsed;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LABELS_LAST, LABELS_FIRST, DATA_FIRST})
    void aKnownSecretIsToldByNameAndVersion(String secret) throws IOException {
        SecretParser.Parsed parsed = parse(secret, "7");
        assertThat(parsed.name()).isEqualTo(new SecretName("ns", "s"));
        assertThat(parsed.resourceVersion()).isEqualTo("7");
        assertThat(parsed.state()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {LABELS_LAST, LABELS_FIRST, DATA_FIRST})
    void anotherVersionIsReadWhole(String secret) throws IOException {
        SecretState state = Objects.requireNonNull(parse(secret, "6").state());
        assertThat(state.labels()).containsOnlyKeys("l");
        assertThat(state.data()).containsOnlyKeys("k");
    }
}
