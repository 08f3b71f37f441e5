package io.keyferry.acceptance.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.WithOperator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What AWS holds, byte for byte in the Secret: whole secrets, single keys, all keys, literals, and which of them counts. */
@WithOperator(dialect = "syncedsecret")
class ValuesTest {
    private final AwsWorld world;
    private final String secret;

    ValuesTest(AwsWorld world) {
        this.world = world;
        secret = world.aws.newName();
    }

    private Map<String, String> synced(Map<String, Object> spec, String name) {
        world.place.create(name, spec);
        world.place.awaitReady(name, "True Synced");
        return new TreeMap<>(world.place.data(name));
    }

    private static Map<String, Object> item(String name, Map<String, Object> valueFrom) {
        return Map.of("name", name, "valueFrom", valueFrom);
    }

    private Map<String, Object> key(String key) {
        return Map.of("secretKeyRef", Map.of("name", secret, "key", key));
    }

    private Map<String, Object> whole() {
        return Map.of("secretRef", Map.of("name", secret));
    }

    @Test
    void allKeysOfASecretBecomeAnOpaqueSecretOfTheSameName() {
        world.aws.create(secret, "{\"user\":\"u\",\"password\":\"p w\"}");
        assertThat(synced(AwsWorld.dataFrom(secret), "app")).isEqualTo(Map.of("user", "u", "password", "p w"));
        Secret made = world.place.requireSecret("app");
        assertThat(made.getType()).isEqualTo("Opaque");
        assertThat(made.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(made.getMetadata().getLabels()).isNullOrEmpty();
        assertThat(made.getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void numbersNullListsAndMapsAreWrittenAsGoPrintsThem() {
        world.aws.create(secret, """
                {"a": 3306, "b": 1000000, "c": 0.00001, "d": null, "e": {"z": 1, "b": "x", "m": null}, "f": true,
                 "g": [1, "two", true, null, [1.5], {"k": "v"}], "h": 12345678901234567890, "i": 5432.0, "j": -0,
                 "k": 1e100, "l": 9007199254740993, "m": {}, "n": [], "o": 0.0001, "p": 999999}""");
        Map<String, String> wanted = new TreeMap<>();
        wanted.putAll(Map.of("a", "3306", "b", "1e+06", "c", "1e-05", "d", "<nil>", "e", "map[b:x m:<nil> z:1]"));
        wanted.putAll(Map.of("f", "true", "g", "[1 two true <nil> [1.5] map[k:v]]", "h", "1.2345678901234567e+19"));
        wanted.putAll(Map.of("i", "5432", "j", "-0", "k", "1e+100", "l", "9.007199254740992e+15", "m", "map[]"));
        wanted.putAll(Map.of("n", "[]", "o", "0.0001", "p", "999999"));
        assertThat(synced(AwsWorld.dataFrom(secret), "app")).isEqualTo(wanted);
    }

    @Test
    void aKeyThatIsNotThereIsNil() {
        world.aws.create(secret, "{\"there\":\"yes\"}");
        Map<String, Object> spec =
                Map.of("IAMRole", "", "data", List.of(item("a", key("there")), item("b", key("missing"))));
        assertThat(synced(spec, "app")).isEqualTo(Map.of("a", "yes", "b", "<nil>"));
    }

    @Test
    void aSecretThatIsNoJsonKeepsWhatIsThere() {
        world.aws.create(secret, "{\"k\":\"v\"}");
        synced(AwsWorld.dataFrom(secret), "app");
        world.aws.put(secret, "no JSON");
        world.place.awaitReady("app", "False SecretNotJSON");
        assertThat(world.place.data("app")).isEqualTo(Map.of("k", "v"));
        assertThat(world.place.awaitEvent("app", "SecretNotJSON").getMessage()).contains(secret);
    }

    @Test
    void aWholeSecretIsCopiedByteForByte() {
        String pem = "-----BEGIN KEY-----\nabc+/=\n\u00e9\u65e5\n-----END KEY-----\n";
        world.aws.create(secret, pem);
        Map<String, Object> spec = Map.of("IAMRole", "", "data", List.of(item("pem", whole())));
        assertThat(synced(spec, "app")).isEqualTo(Map.of("pem", pem));
    }

    @Test
    void dataComesAfterDataFromAndTheLastSourceOfAnEntryCounts() {
        world.aws.create(secret, "{\"a\":\"from all\",\"b\":\"from all\"}");
        Map<String, Object> both = new TreeMap<>(key("a"));
        both.put("template", "from template");
        Map<String, Object> spec = new TreeMap<>(AwsWorld.dataFrom(secret));
        spec.put(
                "data",
                List.of(
                        Map.of("name", "a", "value", "literal"),
                        item("c", both),
                        Map.of("name", "d", "value", "literal", "valueFrom", key("b")),
                        Map.of("name", "e", "value", "first"),
                        Map.of("name", "e", "value", "second"),
                        Map.of("name", "nothing")));
        assertThat(synced(spec, "app"))
                .isEqualTo(
                        Map.of("a", "literal", "b", "from all", "c", "from template", "d", "from all", "e", "second"));
    }

    @Test
    void aBinarySecretIsRefusedInClearWords() {
        world.aws.createBinary(secret, "AAEC");
        world.place.create("app", AwsWorld.dataFrom(secret));
        world.place.awaitReady("app", "False ReadFailed");
        assertThat(world.place.awaitEvent("app", "ReadFailed").getMessage()).contains(secret, "SecretString");
        assertThat(world.place.secret("app")).isNull();
    }

    @Test
    void anEntryThatNoSecretCanHaveIsRefusedByName() {
        world.aws.create(secret, "{\"a b\":\"v\"}");
        world.place.create("app", AwsWorld.dataFrom(secret));
        assertThat(world.place.awaitEvent("app", "KeyInvalid").getMessage()).contains("a b");
    }

    @Test
    void theStatusTellsTheVersion() {
        world.aws.create(secret, "{\"k\":\"v\"}");
        synced(AwsWorld.dataFrom(secret), "app");
        assertThat(world.place.status("app", "currentVersionID")).isEqualTo(world.aws.version(secret));
    }

    @Test
    void labelsAndAnnotationsAreSetAndGoWhenTheyAreDropped() {
        world.aws.create(secret, "{\"k\":\"v\"}");
        Map<String, Object> spec = new TreeMap<>(AwsWorld.dataFrom(secret));
        spec.put("secretMetadata", Map.of("labels", Map.of("l", "1", "m", "2"), "annotations", Map.of("a", "1")));
        synced(spec, "app");
        world.cluster
                .client()
                .secrets()
                .inNamespace(world.place.namespace())
                .withName("app")
                .edit(made -> {
                    made.getMetadata().getLabels().put("theirs", "3");
                    return made;
                });
        spec.put("secretMetadata", Map.of("labels", Map.of("m", "2")));
        world.place.edit("app", object -> object.setAdditionalProperty("spec", spec));
        org.awaitility.Awaitility.await("labels").atMost(Place.SOON).until(() -> {
            Secret made = world.place.requireSecret("app");
            return Map.of("m", "2", "theirs", "3").equals(made.getMetadata().getLabels())
                    && (made.getMetadata().getAnnotations() == null
                            || made.getMetadata().getAnnotations().isEmpty());
        });
    }

    @Test
    void theSampleOfTheProjectSyncs() {
        world.aws.create("demo-db", "{\"user\":\"u\",\"password\":\"p\",\"host\":\"h\",\"port\":5432}");
        world.place.apply("deploy/samples/syncedsecret.yaml");
        assertThat(world.place.awaitEntry("demo-db", "url")).isEqualTo("postgres://u:p@h:5432/app");
    }
}
