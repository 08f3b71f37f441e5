package io.keyferry.dialect.vaultsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionsTest {
    @Test
    void fieldsInAnyCaseUnknownOnesIgnoredTheLastCounts() throws Exception {
        assertThat(Selections.parse(
                        " [{\"NAME\":\"a\",\"Keys\":[\"x\",\"y\"],\"pReFiX\":\"p\",\"more\":{\"z\":[1,2.5e3,true]}},"
                                + "{\"name\":\"b\",\"name\":\"c\",\"keys\":null}, null ]\n"))
                .containsExactly(
                        new Selection("a", List.of("x", "y"), "p"),
                        new Selection("c", List.of(), ""),
                        new Selection("", List.of(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", " [ ] "})
    void nothingParsesToNothing(String annotation) throws Exception {
        assertThat(Selections.parse(annotation)).isEmpty();
    }

    @Test
    void escapesAreDecodedAndLoneHalvesReplaced() throws Exception {
        assertThat(Selections.parse("[{\"name\":\"\\u0061\\ud83d\\ude00\\ud800\\n\\/\"}]")
                        .getFirst()
                        .name())
                .isEqualTo("a\ud83d\ude00\ufffd\n/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "` ` | unexpected end of JSON input",
                "[ | unexpected end of JSON input",
                "[{\"name\":\"a\"},] | invalid character ']' looking for beginning of value",
                "[{\"name\":\"a\",}] | invalid character '}' looking for beginning of object key string",
                "[{\"name\" \"a\"}] | invalid character '\"' after object key",
                "[{\"name\":\"a\" \"b\"}] | invalid character '\"' after object key:value pair",
                "[1 2] | invalid character '2' after array element",
                "[] x | invalid character 'x' after top-level value",
                "x | invalid character 'x' looking for beginning of value",
                "nul | unexpected end of JSON input",
                "nulx | invalid character 'x' in literal null (expecting 'l')",
                "[01] | invalid character '1' after array element",
                "[-x] | invalid character 'x' in numeric literal",
                "[\"\\x\"] | invalid character 'x' in string escape code",
                "[\"\\u00g0\"] | invalid character 'g' in \\u hexadecimal character escape",
                "{} | json: cannot unmarshal object into Go value of type []controller.SecretConfig",
                "\"a\" | json: cannot unmarshal string into Go value of type []controller.SecretConfig",
                "[1] | json: cannot unmarshal number into Go value of type controller.SecretConfig",
                "[{\"name\":1}] | json: cannot unmarshal number into Go struct field SecretConfig.name of type string",
                "[{\"keys\":\"a\"}] | json: cannot unmarshal string into Go struct field SecretConfig.keys of type []string",
                "[{\"keys\":[true]}] | json: cannot unmarshal bool into Go struct field SecretConfig.keys of type string",
            })
    void complaintsAreGos(String annotation, String complaint) {
        assertThatThrownBy(() -> Selections.parse(annotation)).hasMessage(complaint);
    }

    @Property
    void anyTextParsesOrIsComplainedAbout(@ForAll @StringLength(max = 40) String text) {
        try {
            assertThat(Selections.parse(text)).isNotNull();
        } catch (GoJsonException e) {
            assertThat(e.text()).isNotEmpty();
        }
    }

    @Property
    void whatJsonTextWritesComesBack(@ForAll List<@StringLength(max = 10) String> texts) throws Exception {
        List<String> whole = texts.stream().map(Surrogates::replaced).toList();
        assertThat(GoJson.parse(JsonText.array(whole))).isEqualTo(whole);
    }
}
