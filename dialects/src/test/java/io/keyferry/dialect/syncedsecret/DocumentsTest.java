package io.keyferry.dialect.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.gotemplate.fmt.Fmt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static String printed(String json) {
        return Fmt.display(Documents.members(json).orElseThrow(), count -> {}).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|map[]",
                "null|map[]",
                " {\"b\": 1, \"a\": \"x\"} |map[a:x b:1]",
                "{\"a\": 1, \"a\": 2}|map[a:2]",
                "{\"a\": -0}|map[a:-0]",
                "{\"a\": 12345678901234567890}|map[a:1.2345678901234567e+19]",
                "{\"a\": 2e23}|map[a:2e+23]",
                "{\"a\": [null, true, {\"c\": []}]}|map[a:[<nil> true map[c:[]]]]",
                "{\"a\": \"\\ud800\"}|map[a:\ufffd]",
                "{\"\uff5e\": 1, \"\ud83d\ude00\": 2}|map[\uff5e:1 \ud83d\ude00:2]"
            })
    void objectsAreReadAsGoReadsThem(String json, String printed) {
        assertThat(printed(json)).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "\"text\"",
                "true",
                "{",
                "{} {}",
                "{}x",
                "{\"a\": 01}",
                "{\"a\": 1e400}",
                "{\"a\": .5}",
                "{\"a\": +1}",
                "{\"a\": NaN}",
                "{'a': 1}",
                "{\"a\": 1,}",
                "{\"a\": \"\t\"}",
                "/* */ {}",
                "\ufeff{}"
            })
    void whatGoRefusesIsRefused(String json) {
        assertThat(Documents.members(json)).isEmpty();
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        String json = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(Documents.members(json)).isEmpty();
    }

    @Test
    void listsOfStringsMayBeEmptyOrNull() {
        assertThat(Documents.strings("[\"a\", \"b\"]")).contains(List.of("a", "b"));
        assertThat(Documents.strings("[]")).contains(List.of());
        assertThat(Documents.strings("null")).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "[null]", "{}", "\"a\"", "[\"a\"", "[\"a\"] x", "[[\"a\"]]"})
    void whatIsNoListOfStringsIsRefused(String json) {
        assertThat(Documents.strings(json)).isEmpty();
    }
}
