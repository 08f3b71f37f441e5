package io.keyferry.dialect.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.keyferry.dialect.vsecmsecret.VSecMSecretSpec.Item;
import io.keyferry.dialect.vsecmsecret.VSecMSecretSpec.Target;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VSecMSecretRecipeTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final TimeSource TIME = new TimeSource() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant now() {
            return NOW;
        }
    };
    private static final String CATALOGUE = """
            [{"name":"mine","value":{"k":"v"},"namespaces":["here"],"notBefore":"2026-01-01T00:00:00.123456789Z",
              "expiresAfter":"9999-12-31T23:59:59Z"},
             {"name":"theirs","value":{"k":"v"},"namespaces":["there"]},
             {"name":"untold","value":{"k":"v"}},
             {"name":"old","value":{"k":"v"},"namespaces":["here"],"expiresAfter":"2026-06-01T00:00:00Z"},
             {"name":"young","value":{"k":"v"},"namespaces":["here"],"notBefore":"2026-06-01T00:00:01Z"}]
            """;

    private static VSecMSecretSettings settings(Strictness strictness) {
        return new VSecMSecretSettings(Duration.ofSeconds(10), strictness, strictness, false, false);
    }

    private static Wish wish(VSecMSecretSpec spec, Map<String, String> annotations) throws InvalidResourceException {
        VSecMSecret object = new VSecMSecret();
        object.setMetadata(new ObjectMetaBuilder()
                .withName("app")
                .withNamespace("here")
                .withAnnotations(annotations)
                .build());
        object.setSpec(spec);
        return Wish.of(object, VSecMSecretSettings.defaults(), url -> url);
    }

    private static VSecMSecretSpec spec(List<Item> data, List<Item> labels) {
        return new VSecMSecretSpec(FakeReader.URL, null, "1h", new Target("app"), data, labels, null);
    }

    private static Item item(String key, String ref) {
        return new Item(key, ref);
    }

    private static SecretContent evaluate(FakeReader reader, Strictness strictness, Item... data) throws Exception {
        return evaluate(reader, strictness, spec(List.of(data), List.of()), Map.of());
    }

    private static SecretContent evaluate(
            FakeReader reader, Strictness strictness, VSecMSecretSpec spec, Map<String, String> annotations)
            throws Exception {
        return new VSecMSecretRecipe(
                        wish(spec, annotations), new UsageRules(settings(strictness), "here", TIME), () -> true)
                .evaluate(reader);
    }

    private static Map<String, String> texts(SecretContent content) {
        Map<String, String> texts = new TreeMap<>();
        content.data().forEach((key, value) -> texts.put(key, value.utf8()));
        return texts;
    }

    private static void assertFails(String reason, Strictness strictness, FakeReader reader, Item... data) {
        assertThatThrownBy(() -> evaluate(reader, strictness, data))
                .isInstanceOfSatisfying(RecipeException.class, e -> {
                    assertThat(e.problem().reason()).isEqualTo(reason);
                    assertThat(e.kind()).isEqualTo(RecipeException.Kind.SOURCE);
                });
    }

    @Test
    void ofOneKeyTheLastCountsEvenIfAnEarlierRefIsBad() throws Exception {
        SecretContent content = evaluate(
                FakeReader.document("{\"a\":1.0,\"b\":\"x\"}"),
                Strictness.WARN,
                item("k", "nowhere"),
                item("n", "a"),
                item("k", "b"));
        assertThat(texts(content)).isEqualTo(Map.of("k", "x", "n", "1.0"));
        assertThat(content.type()).isEqualTo("Opaque");
        assertThat(content.notices()).isEmpty();
    }

    @Test
    void rulesAreWarnedAboutEnforcedOrIgnored() throws Exception {
        FakeReader reader = FakeReader.catalogue(CATALOGUE);
        for (Map.Entry<String, String> rule : Map.of(
                        "theirs",
                        "NamespaceNotAllowed",
                        "untold",
                        "NamespaceNotAllowed",
                        "old",
                        "Expired",
                        "young",
                        "NotYetValid")
                .entrySet()) {
            Item item = item("k", rule.getKey() + ".k");
            assertThat(evaluate(reader, Strictness.WARN, item).notices())
                    .extracting(Notice::subject)
                    .containsExactly(rule.getValue());
            assertThat(evaluate(reader, Strictness.OFF, item).notices()).isEmpty();
            assertFails(rule.getValue(), Strictness.ENFORCE, reader, item);
        }
        assertThat(evaluate(reader, Strictness.ENFORCE, item("k", "mine.k")).notices())
                .isEmpty();
    }

    @Test
    void whereNamespacesAreEnforcedASecretThatTellsNoneIsRefused() throws Exception {
        assertFails("NamespaceNotAllowed", Strictness.ENFORCE, FakeReader.sole("{\"k\":\"v\"}"), item("k", "name.k"));
        assertThat(evaluate(FakeReader.document("{\"k\":\"v\"}"), Strictness.ENFORCE, item("k", "k")))
                .isNotNull();
    }

    /** Otherwise the message would tell what is in it. */
    @Test
    void whereNamespacesAreEnforcedNothingIsToldOfWhatIsInOthers() throws Exception {
        FakeReader reader = FakeReader.catalogue(CATALOGUE);
        for (String ref : List.of("theirs.k", "theirs.none", "theirs.k.deeper", "theirs")) {
            assertFails("NamespaceNotAllowed", Strictness.ENFORCE, reader, item("k", ref));
        }
        assertFails("RefNotFound", Strictness.WARN, reader, item("k", "theirs.none"));
    }

    @Test
    void theOnlyRawSecretIsNotTakenForTwo() throws Exception {
        FakeReader reader = FakeReader.sole("{\"k\":\"v\"}");
        SecretContent content = evaluate(reader, Strictness.WARN, item("a", "one.k"), item("b", "one.k"));
        assertThat(content.notices()).extracting(Notice::subject).containsExactly("SoleRawNameAssumed");
        assertFails("RefNotFound", Strictness.WARN, reader, item("a", "one.k"), item("b", "two.k"));
    }

    @Test
    void whatIsMissingFailsOrBlanks() throws Exception {
        assertFails("UpstreamNotFound", Strictness.WARN, FakeReader.nothing(), item("k", "k"));
        Wish blanks =
                wish(spec(List.of(item("k", "k")), List.of()), Map.of("vsecm.com/upstream-deletion-policy", "Blank"));
        UsageRules rules = new UsageRules(settings(Strictness.WARN), "here", TIME);
        assertThatThrownBy(() -> new VSecMSecretRecipe(blanks, rules, () -> false).evaluate(FakeReader.nothing()))
                .isInstanceOf(RecipeException.class);
        SecretContent content = evaluate(
                FakeReader.nothing(),
                Strictness.WARN,
                spec(List.of(item("k", "k")), List.of()),
                Map.of("vsecm.com/upstream-deletion-policy", "Blank"));
        assertThat(texts(content)).isEqualTo(Map.of("k", ""));
        assertThat(content.notices()).extracting(Notice::subject).containsExactly("UpstreamNotFound");
    }

    @Test
    void labelsTakeShortPlainTextsOnly() throws Exception {
        String json =
                "{\"ok\":\"v-1.x_y\",\"n\":7,\"space\":\"zq zq\",\"long\":\"%s\",\"o\":{}}".formatted("x".repeat(64));
        assertThat(evaluate(
                                FakeReader.document(json),
                                Strictness.WARN,
                                spec(List.of(), List.of(item("a", "ok"), item("example.com/b", "n"))),
                                Map.of())
                        .labels())
                .isEqualTo(Map.of("a", "v-1.x_y", "example.com/b", "7"));
        for (String bad : List.of("space", "long", "o")) {
            assertThatThrownBy(() -> evaluate(
                            FakeReader.document(json),
                            Strictness.WARN,
                            spec(List.of(), List.of(item("a", bad))),
                            Map.of()))
                    .isInstanceOfSatisfying(
                            RecipeException.class,
                            e -> assertThat(e.problem().reason()).isEqualTo("InvalidMetadataValue"))
                    .hasMessageContaining("spec.labels[0]")
                    .hasMessageNotContaining("zq");
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (VSecMSecretSpec bad : List.of(
                new VSecMSecretSpec(null, null, null, new Target("app"), null, null, null),
                new VSecMSecretSpec(FakeReader.URL, null, null, null, null, null, null),
                new VSecMSecretSpec(FakeReader.URL, null, null, new Target(""), null, null, null),
                spec(List.of(item("", "k")), List.of()),
                spec(List.of(item("..", "k")), List.of()),
                spec(List.of(item("a/b", "k")), List.of()),
                spec(List.of(), List.of(item("-a", "k"))),
                spec(List.of(), List.of(item("UPPER/a", "k"))))) {
            assertThatThrownBy(() -> wish(bad, Map.of()))
                    .isInstanceOfSatisfying(
                            InvalidResourceException.class,
                            e -> assertThat(e.problem().reason()).isEqualTo("InvalidResource"))
                    .hasMessageContaining("spec.");
        }
        assertThatThrownBy(() -> wish(
                        new VSecMSecretSpec(FakeReader.URL, "K8s", null, new Target("app"), null, null, null),
                        Map.of()))
                .isInstanceOfSatisfying(
                        InvalidResourceException.class,
                        e -> assertThat(e.problem().reason()).isEqualTo("UnsupportedSecretType"));
    }
}
