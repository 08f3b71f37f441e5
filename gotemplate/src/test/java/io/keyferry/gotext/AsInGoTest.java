package io.keyferry.gotext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with what Go itself says, see tools/golden-vectors. */
class AsInGoTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static Stream<JsonNode> rows(String file) {
        try (var in = Objects.requireNonNull(AsInGoTest.class.getResourceAsStream("/golden/" + file + ".jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().map(AsInGoTest::parse).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> floats() {
        return rows("floats");
    }

    static Stream<JsonNode> durations() {
        return rows("durations");
    }

    static Stream<JsonNode> quotes() {
        return rows("quotes");
    }

    @ParameterizedTest
    @MethodSource("floats")
    void floatsPrint(JsonNode row) {
        double value =
                Double.longBitsToDouble(Long.parseUnsignedLong(row.get("bits").asText(), 16));
        assertThat(GoFloat.format(value)).isEqualTo(row.get("text").asText());
    }

    @ParameterizedTest
    @MethodSource("durations")
    void durationsAreRead(JsonNode row) {
        String text = row.get("text").asText();
        if (row.has("error")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GoDuration.parse(text))
                    .withMessage(row.get("error").asText());
        } else {
            assertThat(GoDuration.parse(text).toNanos())
                    .isEqualTo(Long.parseLong(row.get("nanos").asText()));
        }
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void textIsQuoted(JsonNode row) {
        assertThat(GoQuote.quote(row.get("text").asText()))
                .isEqualTo(row.get("quoted").asText());
    }
}
