package io.keyferry.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1.0",
                "1.50",
                "1e3",
                "1E+03",
                "-1.25e-7",
                "12345678901234567890",
                "0.1000000000000000055511151231257827",
                "true",
                "false",
                "null",
                "\"\"",
                "[]",
                "{}",
                "{\"b\":1,\"a\":{\"z\":[1.0,null],\"y\":\"t\"}}"
            })
    void keepsWhatWasWritten(String text) throws Exception {
        assertThat(JsonWriter.write(JsonReader.read(text))).isEqualTo(text);
        assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(JsonReader.read(text));
    }

    @Test
    void takesSpaceBetweenAndAround() throws Exception {
        assertThat(written(" \n{ \"a\" :\t[ 1 , 2 ] }\r\n")).isEqualTo("{\"a\":[1,2]}");
    }

    @Test
    void opensEscapes() throws Exception {
        assertThat(written("\"\\u0026\\u003c\\/\\u00e9\\ud83d\\ude00\"")).isEqualTo("\"&</é\ud83d\ude00\"");
        assertThat(written("\"\\b\\f\\n\\r\\t\\\"\\\\\\u0000\""))
                .isEqualTo("\"\\u0008\\u000c\\n\\r\\t\\\"\\\\\\u0000\"");
    }

    @Test
    void ofEqualKeysTheLastCountsInThePlaceOfTheFirst() throws Exception {
        assertThat(written("{\"a\":1,\"b\":2,\"a\":3}")).isEqualTo("{\"a\":3,\"b\":2}");
    }

    @Test
    void halfAPairBecomesTheReplacementCharacter() throws Exception {
        assertThat(written("\"x\\ud800y\"")).isEqualTo("\"x\ufffdy\"");
        assertThat(written("\"\\udc00\\ud800\"")).isEqualTo("\"\ufffd\ufffd\"");
        assertThat(written("{\"\\ud800\":1}")).isEqualTo("{\"\ufffd\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hunter2",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\"}",
                "{a:1}",
                "['a']",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "NaN",
                "Infinity",
                "tru",
                "\"hunter2",
                "\"\n\"",
                "\"\\x\"",
                "{} {}",
                "1 2",
                "[1]]",
                "// c\n1",
                "\ufeff1"
            })
    void refusesWhatIsNotJson(String text) {
        JsonException e = failure(text);
        assertThat(e).hasMessage("not JSON").hasNoCause();
        assertThat(e.isBeyondLimits()).isFalse();
        assertThat(e.getStackTrace()).isEmpty();
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin1 = "\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(catchThrowableOfType(JsonException.class, () -> JsonReader.read(latin1)))
                .hasMessage("not JSON");
    }

    @Test
    void readsAsManyLevelsAsAllowedAndNoMore() throws Exception {
        String deepest = "[".repeat(JsonReader.MAX_DEPTH) + "]".repeat(JsonReader.MAX_DEPTH);
        assertThat(written(deepest)).isEqualTo(deepest);
        assertThat(failure("[" + deepest + "]").isBeyondLimits()).isTrue();
        assertThat(failure("{\"a\":".repeat(JsonReader.MAX_DEPTH + 1)).isBeyondLimits())
                .isTrue();
        assertThat(failure("[".repeat(1_000_000)).isBeyondLimits()).isTrue();
    }

    @Test
    void readsNumbersAsLongAsAllowedAndNoLonger() throws Exception {
        String longest = "9".repeat(JsonReader.MAX_NUMBER);
        assertThat(written(longest)).isEqualTo(longest);
        assertThat(failure(longest + "9").isBeyondLimits()).isTrue();
        assertThat(failure("0." + longest).isBeyondLimits()).isTrue();
        assertThat(failure("-" + longest).isBeyondLimits()).isTrue();
    }

    @Test
    void readsLongStringsAndKeys() throws Exception {
        String text = "{\"" + "k".repeat(100_000) + "\":\"" + "v".repeat(25_000_000) + "\"}";
        assertThat(written(text).equals(text)).isTrue();
    }

    @Test
    void printsNothingOfWhatItHolds() throws Exception {
        Json json = JsonReader.read("{\"hunter2\":[\"hunter2\",42424242,{\"a\":\"hunter2\"}]}");
        assertThat(json.toString()).doesNotContain("hunter2", "42424242");
        assertThat(JsonReader.read("[42424242]").toString()).doesNotContain("42424242");
        assertThat(JsonReader.read("42424242").toString()).doesNotContain("42424242");
        assertThat(JsonReader.read("\"hunter2\"").toString()).doesNotContain("hunter2");
    }

    @Test
    void givesStringsOfAnObjectAndNothingElse() throws Exception {
        Json.Obj object = (Json.Obj) JsonReader.read("{\"s\":\"x\",\"n\":1,\"null\":null}");
        assertThat(object.text("s")).hasValue("x");
        assertThat(object.text("n")).isEmpty();
        assertThat(object.text("null")).isEmpty();
        assertThat(object.text("absent")).isEmpty();
    }

    private static String written(String text) throws JsonException {
        return JsonWriter.write(JsonReader.read(text));
    }

    private static JsonException failure(String text) {
        return catchThrowableOfType(JsonException.class, () -> JsonReader.read(text));
    }
}
