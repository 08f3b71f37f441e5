package io.keyferry.dialect.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyferry.engine.content.SecretValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutsAsGoPrintsThemTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<JsonNode> vectors() {
        var file = Objects.requireNonNull(LayoutsAsGoPrintsThemTest.class.getResourceAsStream("/golden/layouts.jsonl"));
        return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                .lines()
                .map(LayoutsAsGoPrintsThemTest::parse);
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Json.Members tree(JsonNode vector) {
        return new Json.Members(
                JsonReader.members(SecretValue.utf8(vector.get("document").asText())));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void json(JsonNode vector) {
        assertThat(JsonFormat.render(tree(vector))).isEqualTo(vector.get("json").asText());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void yaml(JsonNode vector) {
        assertThat(YamlFormat.render(tree(vector), new Layout("_", false)))
                .isEqualTo(vector.get("yaml").asText());
    }
}
