package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonSliceTest {
    /** A JSON text of one value and the spaces around it. */
    record Written(String before, String value, String after) {}

    @Property
    void aMemberHasTheBytesThatWereWritten(@ForAll("values") Written one, @ForAll("values") Written other)
            throws Exception {
        String inner = "{\"é\":" + text(one) + ",\"b\":" + text(other) + "}";
        JsonSlice document = slice(" \n{\"first\":[1],\"data\": " + inner + " ,\"last\":null}\n");

        JsonSlice data = Objects.requireNonNull(document.members().get("data"));
        assertThat(new String(data.toBytes(), StandardCharsets.UTF_8)).isEqualTo(inner);
        Map<String, JsonSlice> members = data.members();
        assertThat(members).containsOnlyKeys("é", "b");
        assertThat(members.get("é")).extracting(JsonSlice::text).isEqualTo(one.value());
        assertThat(members.get("b")).extracting(JsonSlice::text).isEqualTo(other.value());
    }

    @Example
    void refusesWhatIsNoJson() {
        for (String text :
                new String[] {"", "{", "{\"a\":}", "{\"a\":1,}", "{\"a\":01}", "{'a':1}", "[]", "{\"a\":NaN}"}) {
            assertThatThrownBy(() -> slice(text).members())
                    .as(text)
                    .isInstanceOf(JsonFault.class)
                    .hasMessage("malformed JSON");
        }
        assertThatThrownBy(() -> JsonSlice.of("{\"a\":1}".getBytes(StandardCharsets.UTF_16))
                        .members())
                .isInstanceOf(JsonFault.class);
    }

    @Provide
    Arbitrary<Written> values() {
        Arbitrary<String> spaces = Arbitraries.of("", " ", "\n\t");
        Arbitrary<String> values = Arbitraries.of(
                "1.50",
                "-0",
                "1e3",
                "1E-7",
                "12345678901234567890",
                "0.10000000000000000000000001",
                "true",
                "null",
                "\"\"",
                "\"a\\u003cb\\\"\"",
                "\"😀,}]\"",
                "{}",
                "[]",
                "[ 1.0 , [2] ]",
                "{\"x\" : {\"y\":[null]}}");
        return Combinators.combine(spaces, values, spaces).as(Written::new);
    }

    private static String text(Written written) {
        return written.before() + written.value() + written.after();
    }

    private static JsonSlice slice(String text) {
        return JsonSlice.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
