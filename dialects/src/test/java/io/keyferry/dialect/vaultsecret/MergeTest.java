package io.keyferry.dialect.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
    private static SortedMap<String, Json> secret(String document) {
        return JsonReader.members(SecretValue.utf8(document));
    }

    private static String json(Merge merge) {
        return JsonFormat.render(merge.result()).replaceAll("\\s", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | {'K':1}",
                "p           | {'pK':1}",
                "p/          | {'p':{'K':1}}",
                "db_config   | {'db_configK':1}",
                "a/b         | {'a':{'bK':1}}",
                "a/b/        | {'a':{'b':{'K':1}}}",
                "/           | {'':{'K':1}}",
                "a//b        | {'a':{'':{'bK':1}}}"
            })
    void theLastSegmentOfAPrefixIsGluedToTheKeysOfAConcretePath(String prefix, String expected)
            throws ConflictException {
        Merge merge = new Merge();
        merge.add(prefix, "", secret("{\"K\":1}"));
        assertThat(json(merge)).isEqualTo(expected.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''   | app      | {'app':{'K':1}}",
                "''   | sub/app  | {'sub':{'app':{'K':1}}}",
                "p    | app      | {'papp':{'K':1}}",
                "p    | sub/app  | {'psub':{'app':{'K':1}}}",
                "p/   | app      | {'p':{'app':{'K':1}}}",
                "a/b  | app      | {'a':{'bapp':{'K':1}}}",
                "a/b/ | sub/app  | {'a':{'b':{'sub':{'app':{'K':1}}}}}"
            })
    void everySegmentOfARecursivePathIsANode(String prefix, String relative, String expected) throws ConflictException {
        Merge merge = new Merge();
        merge.add(prefix, relative, secret("{\"K\":1}"));
        assertThat(json(merge)).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void aSecretWithoutKeysLeavesItsNode() throws ConflictException {
        Merge merge = new Merge();
        merge.add("", "gone", secret("{}"));
        assertThat(json(merge)).isEqualTo("{\"gone\":{}}");
    }

    @Test
    void aSecretAndAFolderOfOneNameShareANode() throws ConflictException {
        Merge merge = new Merge();
        merge.add("", "app", secret("{\"a\":1}"));
        merge.add("", "app/sub", secret("{\"b\":2}"));
        assertThat(json(merge)).isEqualTo("{\"app\":{\"a\":1,\"sub\":{\"b\":2}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'k':1}     | ''  | {'k':2}  | override detected: key \"k\" is already used",
                "{'k':{}}    | k/  | {'x':2}  | invalid type received, got: map[string]interface {}",
                "{'k':1}     | k/  | {'x':2}  | invalid type received, got: json.Number",
                "{'k':true}  | k/  | {'x':2}  | invalid type received, got: bool",
                "{'k':[]}    | k/  | {'x':2}  | invalid type received, got: []interface {}",
                "{'k':null}  | k/  | {'x':2}  | invalid type received, got: <nil>",
                "{'k':'s'}   | k/  | {'x':2}  | override detected: key \"k\" is already used"
            })
    void aNameIsTakenOnlyOnce(String first, String prefix, String second, String message) throws ConflictException {
        Merge merge = new Merge();
        merge.add("", "", secret(first.replace('\'', '"')));
        assertThatThrownBy(() -> merge.add(prefix, "", secret(second.replace('\'', '"'))))
                .isInstanceOf(ConflictException.class)
                .hasMessage(message);
    }

    @Test
    void aKeyDoesNotReplaceANode() throws ConflictException {
        Merge merge = new Merge();
        merge.add("n/", "", secret("{\"k\":1}"));
        assertThatThrownBy(() -> merge.add("", "", secret("{\"n\":1}")))
                .hasMessage("override detected: key \"n\" is already used");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "65535, 65535",
        "999999, 999999",
        "1000000, 1e+06",
        "1234567, 1.234567e+06",
        "12345678901234567890, 1.2345678901234567e+19",
        "1.50, 1.5",
        "1.0, 1",
        "1e3, 1000",
        "0.00001, 1e-05",
        "true, true",
        "null, <nil>",
        "'\"\"', ''",
        "'\"{\\\"a\\\":1}\"', '{\"a\":1}'"
    })
    void leavesAreTextInFormatEnv(String literal, String text) throws ConflictException {
        Json.Members tree = new Json.Members(secret("{\"k\":" + literal + "}"));
        assertThat(EnvFormat.flatten(tree, new Layout("_", false))).isEqualTo(Map.of("k", text));
    }

    @Test
    void nestedValuesAreFlattenedInFormatEnv() throws ConflictException {
        Json.Members tree =
                new Json.Members(secret("{\"a\":{\"b\":[1,{\"c\":\"x\"},[]],\"none\":{}},\"l\":[\"y\"],\"e\":[]}"));
        assertThat(EnvFormat.flatten(tree, new Layout(".", false)))
                .isEqualTo(Map.of("a.b.0", "1", "a.b.1.c", "x", "l.0", "y"));
    }

    @Test
    void equalFlatNamesAreAConflict() {
        Json.Members tree = new Json.Members(secret("{\"a\":{\"b\":1},\"a_b\":2}"));
        assertThatThrownBy(() -> EnvFormat.flatten(tree, new Layout("_", false)))
                .hasMessage("override detected: key \"a_b\" is already used");
    }

    @Test
    void namesThatTheApiServerRefusesAreSkipped() throws ConflictException {
        List<Notice> notices = new ArrayList<>();
        String tooLong = "x".repeat(254);
        Json.Members tree = new Json.Members(
                secret("{\"email@example.com\":1,\"sp ace\":1,\"valid\":1,\"é\":1,\"\":1,\".\":1,\"..x\":1,\"%s\":1}"
                        .formatted(tooLong)));
        assertThat(EnvFormat.entries(tree, new Layout("_", false), notices).keySet())
                .containsExactly("valid");
        assertThat(notices).extracting(Notice::message).contains("invalid key \"email@example.com\"");
        assertThat(notices).hasSize(7);
    }

    @Test
    void onlyTheLeadingBaseIsStripped() {
        SourcePath path = SourcePath.parse("kv/*", "");
        assertThat(path.relative("kv/app/kv/x")).isEqualTo("app/kv/x");
    }
}
