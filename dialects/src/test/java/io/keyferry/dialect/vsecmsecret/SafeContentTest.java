package io.keyferry.dialect.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.RecipeException;
import io.keyferry.json.Json;
import org.junit.jupiter.api.Test;

class SafeContentTest {
    private static final String CATALOGUE = """
            [{"name":"a","value":{"b.c":{"d":"short"},"x":"y"}},
             {"name":"a.b","value":{"c":{"d":"middle"}}},
             {"name":"a.b.c","value":{"d":"long"}},
             {"name":"","value":{"z":{"k":"of no name"}}},
             {"name":"w","value":"word"},
             {"name":"n","value":null},
             {"name":"l","value":[{"k":"v"}]}]
            """;

    private static SafeContent read(FakeReader reader) throws RecipeException, InterruptedException {
        return new SafeReader(FakeReader.URL).read(reader).orElseThrow();
    }

    private static String find(FakeReader reader, String ref) throws Exception {
        return new String(
                Rendering.data(read(reader).find(Ref.parse(ref)).value()).bytes(),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void inACatalogueTheLongestNameCounts() throws Exception {
        FakeReader reader = FakeReader.catalogue(CATALOGUE);
        assertThat(find(reader, "a.b.c.d")).isEqualTo("long");
        assertThat(find(reader, "a.x")).isEqualTo("y");
        assertThat(find(reader, "w")).isEqualTo("word");
        assertThat(find(reader, "a\\.b\\.c.d")).isEqualTo("long");
        assertThat(read(reader).secret(Ref.parse("a.x")).orElseThrow().name()).isEqualTo("a");
        assertThat(read(reader).secret(Ref.parse("z.k"))).isEmpty();
        for (String bad : new String[] {"n", "l.k", "l.0", "w.k", "a.b.x", "z.k", "raw:a.x"}) {
            assertThatThrownBy(() -> find(reader, bad)).isInstanceOf(BadRefException.class);
        }
    }

    @Test
    void theOnlyRawSecretIsTakenForWhatRefsCallIt() throws Exception {
        FakeReader reader = FakeReader.sole("{\"data\":{\"user\":\"u\"},\"user\":\"top\"}");
        assertThat(find(reader, "data.user")).isEqualTo("u");
        assertThat(read(reader).find(Ref.parse("data.user")).assumedName()).isEmpty();
        Found assumed = read(reader).find(Ref.parse("coca-cola.cluster-001.data.user"));
        assertThat(assumed.assumedName()).contains("coca-cola.cluster-001");
        assertThat(assumed.value()).isEqualTo(new Json.Text("u"));
        assertThat(find(reader, "name.user")).isEqualTo("top");
        for (String bad : new String[] {"name", "name.passwrd", "data.passwrd", "name.data.passwrd"}) {
            assertThatThrownBy(() -> find(reader, bad)).isInstanceOf(BadRefException.class);
        }
        FakeReader text = FakeReader.sole("\"word\"");
        assertThat(find(text, "name")).isEqualTo("word");
        assertThatThrownBy(() -> find(text, "another.password")).isInstanceOf(BadRefException.class);
    }

    @Test
    void aWorkloadsDocumentHasNoName() {
        FakeReader reader = FakeReader.document("{\"user\":\"u\"}");
        assertThatThrownBy(() -> find(reader, "name.user")).isInstanceOf(BadRefException.class);
    }

    @Test
    void nothingPrintsWhatItHolds() throws Exception {
        for (FakeReader reader : new FakeReader[] {
            FakeReader.catalogue(CATALOGUE), FakeReader.sole("\"word\""), FakeReader.document("\"word\"")
        }) {
            assertThat(read(reader).toString()).doesNotContain("word", "long");
        }
        assertThat(read(FakeReader.catalogue(CATALOGUE)).find(Ref.parse("w")).toString())
                .doesNotContain("word");
    }
}
