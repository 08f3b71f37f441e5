package io.keyferry.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class JsonPropertiesTest {
    @Property(tries = 500)
    void whatIsWrittenIsReadAsItWas(@ForAll("values") Json json) throws Exception {
        String text = JsonWriter.write(json);
        Json read = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(read.equals(json)).isTrue();
        assertThat(JsonWriter.write(read)).isEqualTo(text);
    }

    @Property(tries = 500)
    void keysStayInTheirOrder(@ForAll("objects") Json.Obj object) throws Exception {
        Json.Obj read = (Json.Obj) JsonReader.read(JsonWriter.write(object));
        assertThat(new ArrayList<>(read.members().keySet()))
                .isEqualTo(new ArrayList<>(object.members().keySet()));
    }

    @Property(tries = 500)
    void numbersKeepTheirSpelling(@ForAll("numbers") String spelling) throws Exception {
        assertThat(JsonWriter.write(JsonReader.read(spelling))).isEqualTo(spelling);
    }

    @Property(tries = 1000)
    void anyTextIsReadOrRefusedAndWhatWasReadIsStable(@ForAll String text) {
        String json;
        try {
            json = JsonWriter.write(JsonReader.read(text));
        } catch (JsonException e) {
            assertThat(e.getMessage()).startsWith("not JSON");
            return;
        }
        try {
            assertThat(JsonWriter.write(JsonReader.read(json))).isEqualTo(json);
        } catch (JsonException e) {
            throw new AssertionError("what was written is not read", e);
        }
    }

    /** Half pairs included, which must come out as well-formed UTF-8. */
    @Property(tries = 500)
    void anyStringComesOutWellFormed(@ForAll("units") String units) throws Exception {
        StringBuilder escaped = new StringBuilder("\"");
        units.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
        Json.Text read = (Json.Text) JsonReader.read(escaped.append('"').toString());
        String expected = new String(units.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        assertThat(read.text()).isEqualTo(expected);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(read.text())).isTrue();
    }

    @Provide
    Arbitrary<String> units() {
        return Arbitraries.integers()
                .between(0xd7f0, 0xe00f)
                .map(unit -> (char) (int) unit)
                .list()
                .ofMaxSize(8)
                .map(JsonPropertiesTest::joined);
    }

    private static String joined(List<Character> units) {
        StringBuilder text = new StringBuilder();
        units.forEach(text::append);
        return text.toString();
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(40);
        Arbitrary<String> whole = digits.map(text -> {
            String stripped = text.replaceFirst("^0+", "");
            return stripped.isEmpty() ? "0" : stripped;
        });
        Arbitrary<String> fraction =
                digits.map(text -> "." + text).injectNull(0.5).map(JsonPropertiesTest::orEmpty);
        Arbitrary<String> exponent = Combinators.combine(
                        Arbitraries.of("e", "E", "e+", "E-"),
                        Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(5))
                .as((mark, power) -> mark + power)
                .injectNull(0.5)
                .map(JsonPropertiesTest::orEmpty);
        return Combinators.combine(Arbitraries.of("", "-"), whole, fraction, exponent)
                .as((sign, first, second, third) -> sign + first + second + third);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Provide
    Arbitrary<Json.Obj> objects() {
        return object(values(2));
    }

    @Provide
    Arbitrary<Json> values() {
        return values(3);
    }

    private Arbitrary<Json> values(int levels) {
        if (levels == 0) {
            return scalars();
        }
        Arbitrary<Json> inner = values(levels - 1);
        return Arbitraries.oneOf(
                scalars(),
                inner.list().ofMaxSize(4).map(Json.Arr::new),
                object(inner).map(object -> object));
    }

    private static Arbitrary<Json.Obj> object(Arbitrary<Json> values) {
        return Combinators.combine(texts(), values)
                .as(Map::entry)
                .list()
                .ofMaxSize(5)
                .map(JsonPropertiesTest::ordered);
    }

    private static Json.Obj ordered(List<Map.Entry<String, Json>> entries) {
        Map<String, Json> members = new LinkedHashMap<>();
        entries.forEach(entry -> members.put(entry.getKey(), entry.getValue()));
        return new Json.Obj(members);
    }

    private Arbitrary<Json> scalars() {
        return Arbitraries.oneOf(
                texts().map(Json.Text::new),
                numbers().map(Json.Word::new),
                Arbitraries.of("true", "false", "null").map(Json.Word::new));
    }

    /** Well-formed, with control characters, quotes and characters beyond the first plane. */
    private static Arbitrary<String> texts() {
        return Arbitraries.of("\"", "\\", "/", "\u0000", "\n", "\u001f", "&<>", "\u2028", "\ud83d\ude00", "é", "a", "")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }
}
