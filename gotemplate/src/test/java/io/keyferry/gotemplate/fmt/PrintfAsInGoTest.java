package io.keyferry.gotemplate.fmt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Compares with the table that tools/template-oracle writes: verbs, flags and sizes, by values. */
class PrintfAsInGoTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void everyFormatOfEveryValuePrintsTheSame() throws IOException {
        List<Value> values = TableValues.all();
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (String line : lines()) {
            JsonNode row = MAPPER.readTree(line);
            String format = row.get("format").asText();
            assertThat(row.get("texts").size()).isEqualTo(values.size());
            for (int i = 0; i < values.size(); i++) {
                String expected = row.get("texts").get(i).asText();
                String actual = printed(format, values.get(i));
                compared++;
                if (!actual.equals(expected)) {
                    differences.add(format + " of value " + i + ": [" + actual + "], but Go [" + expected + "]");
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(10_000);
    }

    private static List<String> lines() throws IOException {
        try (var in = Objects.requireNonNull(PrintfAsInGoTest.class.getResourceAsStream("/golden/printf.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** Bytes as Latin-1, as in the table. */
    private static String printed(String format, Value value) {
        Sink out = new Sink(_ -> {});
        Fmt.printf(StringValue.of(format), List.of(value), out);
        return new String(out.bytes(), StandardCharsets.ISO_8859_1);
    }
}
