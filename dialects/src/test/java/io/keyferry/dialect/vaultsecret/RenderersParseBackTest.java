package io.keyferry.dialect.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyferry.engine.content.SecretValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Whatever is rendered, other people's parsers read the same value from it. */
class RenderersParseBackTest {
    private static final ObjectMapper JACKSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Provide
    Arbitrary<Json.Members> trees() {
        return Trees.members();
    }

    /**
     * Whether gopkg.in/yaml.v3, whose bytes are kept, prints a text so that it can be read again: not one of several lines
     * that begins with a blank or a break, which it announces with a wrong indent, and no number too large for a double.
     */
    private static boolean isSafe(String text) {
        boolean oddBlock = text.indexOf('\n') >= 0 && text.matches("(?s)[ \n\u2028\u2029].*");
        return !oddBlock && !text.matches("[-+]?[0-9.]+[eE][-+]?[0-9]{3,}");
    }

    /** The parser does not know the escapes of line and paragraph separators, and takes them for no breaks. */
    @Provide
    Arbitrary<Json.Members> treesForVersion12() {
        return Trees.members(text -> isSafe(text) && !text.contains("\u2028") && !text.contains("\u2029"));
    }

    /** Without two texts that YAML 1.1 takes for something else though gopkg.in/yaml.v3 leaves them unquoted. */
    @Provide
    Arbitrary<Json.Members> treesForVersion11() {
        return Trees.members(text -> isSafe(text) && !text.equals("=") && !text.equals("<<"));
    }

    @Property(tries = 300)
    void jsonWithJackson(@ForAll("trees") Json.Members tree) throws IOException {
        String json = JsonFormat.render(tree);
        assertThat(JACKSON.readValue(json, Object.class)).isEqualTo(JACKSON.readValue(plainJson(tree), Object.class));
        assertThat(new Json.Members(JsonReader.members(SecretValue.utf8(json)))).isEqualTo(tree);
        assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    }

    @Property(tries = 300)
    void yamlWithAParserOfVersion12(@ForAll("treesForVersion12") Json.Members tree) {
        LoadSettings settings =
                LoadSettings.builder().setAllowDuplicateKeys(false).build();
        assertThat(new Load(settings).loadFromString(YamlFormat.render(tree, new Layout("_", false))))
                .isEqualTo(numbersAsText(tree));
    }

    @Property(tries = 300)
    void yamlWithAParserOfVersion11(@ForAll("treesForVersion11") Json.Members tree) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        assertThat(yaml.<Object>load(YamlFormat.render(tree, new Layout("_", false))))
                .isEqualTo(numbersAsText(tree));
    }

    /** JSON by the shortest way, for Jackson to compare. */
    private static String plainJson(Json value) throws IOException {
        return switch (value) {
            case Json.Members object -> {
                List<String> members = new ArrayList<>();
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    members.add(JACKSON.writeValueAsString(member.getKey()) + ":" + plainJson(member.getValue()));
                }
                yield "{" + String.join(",", members) + "}";
            }
            case Json.Array array -> {
                List<String> items = new ArrayList<>();
                for (Json item : array.items()) {
                    items.add(plainJson(item));
                }
                yield "[" + String.join(",", items) + "]";
            }
            case Json.Text text -> JACKSON.writeValueAsString(text.value());
            case Json.Numeral number -> number.literal();
            case Json.Bool bool -> Boolean.toString(bool.value());
            case Json.Null ignored -> "null";
        };
    }

    private static @Nullable Object numbersAsText(Json value) {
        return switch (value) {
            case Json.Members object -> {
                Map<String, @Nullable Object> members = new HashMap<>();
                object.members().forEach((name, member) -> members.put(name, numbersAsText(member)));
                yield members;
            }
            case Json.Array array -> {
                List<@Nullable Object> items = new ArrayList<>();
                array.items().forEach(item -> items.add(numbersAsText(item)));
                yield items;
            }
            case Json.Text text -> text.value();
            case Json.Numeral number -> number.literal();
            case Json.Bool bool -> bool.value();
            case Json.Null ignored -> null;
        };
    }
}
