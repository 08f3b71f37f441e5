package io.keyferry.store.vsecm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.store.Reading;
import io.keyferry.json.Json;
import io.keyferry.json.JsonException;
import io.keyferry.json.JsonReader;
import io.keyferry.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserTest {
    /** Order, times of change and correlation ids say nothing; names and values say all. */
    @Property(tries = 300)
    void theCatalogueIsTheSameWhateverMovesByItself(@ForAll("secrets") Map<String, String> secrets, @ForAll long seed)
            throws Exception {
        Reading.Found first = Normaliser.read(array(secrets, new Random(seed)), true);
        assertThat(Normaliser.read(array(secrets, new Random(~seed)), true)).isEqualTo(first);
        assertThat(first.attributes()).containsEntry("mode", "catalogue");
        Json.Arr catalogue = (Json.Arr) JsonReader.read(first.value().bytes());
        List<String> names = catalogue.elements().stream()
                .map(entry -> ((Json.Obj) entry).text("name").orElseThrow())
                .toList();
        assertThat(names).isSorted().containsExactlyInAnyOrderElementsOf(secrets.keySet());
    }

    @Property(tries = 300)
    void aDocumentIsWhatWasStored(@ForAll("values") String value) throws Exception {
        String expected;
        try {
            expected = JsonWriter.write(JsonReader.read(value));
        } catch (JsonException e) {
            expected = JsonWriter.write(new Json.Text(value));
        }
        assertThat(read(envelope(value), true)).isEqualTo(expected);
    }

    /** A workload's document is JSON; only the single raw secret comes as it was stored. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "{", "{} {}"})
    void whatAWorkloadIsGivenHasToBeJson(String data) throws Exception {
        assertThatThrownBy(() -> read(envelope(data), false)).isInstanceOf(JsonException.class);
        assertThat(read(envelope(data), true)).isEqualTo(JsonWriter.write(new Json.Text(data)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"data\":\"[1]\",\"created\":\"\",\"updated\":\"\"}'|[1]",
                "'{\"data\":\"[1]\",\"created\":\"\\\"2026-01-01T00:00:00Z\\\"\",\"updated\":\"\\\"x\\\"\",\"err\":\"\"}'|[1]",
                "'{\"data\":\"\\u007b\\\"k\\\":\\\"\\\\u0026\\\"}\",\"created\":\"\",\"updated\":\"\"}'|{\"k\":\"&\"}",
                "'{\"data\":\"[1]\"}'|{\"data\":\"[1]\"}",
                "'{\"data\":[1],\"created\":\"\",\"updated\":\"\"}'|{\"data\":[1],\"created\":\"\",\"updated\":\"\"}",
                "'{\"data\":\"x\",\"created\":1,\"updated\":2}'|{\"data\":\"x\",\"created\":1,\"updated\":2}",
                "'{ \"a\" : 1.0 }'|{\"a\":1.0}"
            })
    void opensEnvelopesAndNothingElse(String body, String expected) throws Exception {
        assertThat(read(body, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]", "[{\"name\":\"a\"}]", "[{\"name\":\"a\",\"value\":\"1\"},2]", "{}", "1"})
    void anythingElseIsADocumentToScoutAsWell(String data) throws Exception {
        Reading.Found found = Normaliser.read(bytes(envelope(data)), true);
        assertThat(found.attributes()).containsOnly(Map.entry("mode", "document"), Map.entry("identity", "scout"));
        assertThat(found.value().utf8()).isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"u\":1}|{\"t\":1}|{\"t\":1}",
                "{\"u\":1}|''|{\"u\":1}",
                "{\"u\":1}|not json|{\"u\":1}",
                "plain|''|\"plain\"",
                "1.50|''|1.50"
            })
    void takesTheTransformedValueIfItIsJson(String value, String transformed, String expected) throws Exception {
        String record = JsonWriter.write(new Json.Arr(List.of(new Json.Obj(Map.of(
                "name", new Json.Text("raw:a"),
                "value", new Json.Text(value),
                "valueTransformed", new Json.Text(transformed))))));
        assertThat(read(envelope(record), true)).isEqualTo("[{\"name\":\"a\",\"value\":" + expected + "}]");
    }

    @Test
    void aRecordBeyondTheLimitsDoesNotKeepOthersFromBeingRead() throws Exception {
        String deep = "[".repeat(200) + "]".repeat(200);
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("a", deep);
        secrets.put("b", "1");
        assertThat(Normaliser.read(array(secrets, new Random(1)), true).value().utf8())
                .contains("\"name\":\"a\",\"value\":\"" + deep + "\"")
                .contains("\"name\":\"b\",\"value\":1");
        assertThatThrownBy(() -> read(envelope(deep), false)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {97, 98, 99, 100, 101})
    void aCatalogueCanBeReadAgainHoweverDeepItsRecordsAre(int depth) throws Exception {
        Map<String, String> secrets = Map.of("a", "[".repeat(depth) + "]".repeat(depth), "b", "1");
        Json catalogue = JsonReader.read(
                Normaliser.read(array(secrets, new Random(1)), true).value().bytes());
        assertThat(((Json.Arr) catalogue).elements()).hasSize(2);
    }

    @Provide
    Arbitrary<Map<String, String>> secrets() {
        return Arbitraries.maps(
                        Arbitraries.strings().withChars("ab.-").ofMinLength(1).ofMaxLength(6), values())
                .ofMinSize(2)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of("{\"k\":\"&<>\"}", "1.0", "1e3", "12345678901234567890", "null", "[]", "{", "", "\"q\""),
                Combinators.combine(Arbitraries.strings().ascii().ofMaxLength(10), Arbitraries.of("", "\ud83d\ude00"))
                        .as((text, more) -> text + more));
    }

    private static byte[] array(Map<String, String> secrets, Random random) {
        List<Json> records = new ArrayList<>();
        secrets.forEach((name, value) -> {
            Map<String, Json> record = new LinkedHashMap<>();
            record.put("name", new Json.Text("raw:" + name));
            record.put("value", new Json.Text(value));
            record.put("valueTransformed", new Json.Text(""));
            record.put(
                    "meta",
                    new Json.Obj(Map.of(
                            "namespaces", new Json.Arr(List.of(new Json.Text("default"))),
                            "correlationId", new Json.Text("c" + random.nextLong()))));
            record.put("created", new Json.Text("t" + random.nextLong()));
            record.put("updated", new Json.Text("t" + random.nextLong()));
            record.put("expiresAfter", new Json.Text("9999-12-31T00:00:00Z"));
            records.add(new Json.Obj(record));
        });
        Collections.shuffle(records, random);
        return bytes(envelope(JsonWriter.write(new Json.Arr(records))));
    }

    private static String envelope(String data) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("data", new Json.Text(data));
        members.put("created", new Json.Text("\"2026-01-01T00:00:00Z\""));
        members.put("updated", new Json.Text("\"2026-01-01T00:00:00Z\""));
        return JsonWriter.write(new Json.Obj(members));
    }

    private static String read(String body, boolean scout) throws JsonException {
        return Normaliser.read(bytes(body), scout).value().utf8();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
