package io.keyferry.acceptance.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.vsecm.SafeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of documents in Secrets. */
@WithWorld
class DocumentsTest {
    private static final String ARTICLE = """
            {"databaseCredentials":{"billing":{
              "data":{"username":"admin","password":"p&<>w"},
              "labels":{"app":"billing"},
              "annotations":{"env":"production"}}}}
            """;

    private final SafeWorld world;

    DocumentsTest(SafeWorld world) {
        this.world = world;
    }

    @Test
    void theArticlesManifestsGiveSecretsWithTheirMetadata() {
        world.safe.put(SafeWorld.OPERATOR, ARTICLE);
        Map<String, Object> whole = world.spec(
                "billing-db",
                "1h",
                "username=databaseCredentials.billing.data.username",
                "password=databaseCredentials.billing.data.password");
        whole.put("labels", SafeWorld.items("app=databaseCredentials.billing.labels.app"));
        whole.put("annotations", SafeWorld.items("env=databaseCredentials.billing.annotations.env"));
        world.place.create("billing-db", whole);
        world.place.create(
                "bare",
                world.spec(
                        "bare",
                        "1h",
                        "username=databaseCredentials.billing.data.username",
                        "password=databaseCredentials.billing.data.password"));
        try (OperatorProcess _ = world.start()) {
            Map<String, String> wanted = Map.of("username", "admin", "password", "p&<>w");
            world.place.awaitData("billing-db", wanted, Place.SOON);
            world.place.awaitData("bare", wanted, Place.SOON);
            Secret secret = world.place.requireSecret("billing-db");
            assertThat(secret.getType()).isEqualTo("Opaque");
            assertThat(secret.getMetadata().getLabels()).isEqualTo(Map.of("app", "billing"));
            assertThat(secret.getMetadata().getAnnotations()).isEqualTo(Map.of("env", "production"));
            assertThat(secret.getMetadata().getOwnerReferences()).isEmpty();
            world.place.awaitReady("billing-db", "True Synced");
            assertThat(world.condition("billing-db", "RefreshScheduled")).isEqualTo("True Interval");
            world.place.awaitEvent("billing-db", "Created");
        }
    }

    @Test
    void aBareHostMeansTheWorkloadRouteAndAPathIsTakenAsItIs() {
        world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"v\"}");
        world.create("host", "1h", "k=k");
        Map<String, Object> spec = world.spec("path", "1h", "k=k");
        spec.put("vsecmSafeURL", world.safe.address() + "/workload/v1/secrets?x=%41");
        world.place.create("path", spec);
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("host", Map.of("k", "v"), Place.SOON);
            world.place.awaitReady("path", "True Synced");
            assertThat(world.safe.requests())
                    .extracting(SafeRequest::target)
                    .containsOnly("/workload/v1/secrets", "/workload/v1/secrets?x=%41");
        }
    }

    @Test
    void valuesAreRenderedAsTheyWereWritten() {
        world.safe.put(
                SafeWorld.OPERATOR,
                "{\"int\":3,\"float\":1.0,\"exp\":1e3,\"big\":12345678901234567890,\"yes\":true,\"no\":false,"
                        + "\"object\":{\"z\":1.0,\"a\":[1, 2,{}],\"s\":\"<&>\"},\"list\":[],\"null\":null,"
                        + "\"text\":\"dGV4dA==\",\"a.b\":{\"c\":\"dotted\"},\"empty\":\"\"}");
        world.create(
                "app",
                "1h",
                "int=int",
                "float=float",
                "exp=exp",
                "big=big",
                "yes=yes",
                "no=no",
                "object=object",
                "list=list",
                "text=text",
                "dotted=a\\.b.c",
                "empty=empty");
        world.create("nothing", "1h", "null=null", "int=int");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData(
                    "app",
                    Map.ofEntries(
                            Map.entry("int", "3"),
                            Map.entry("float", "1.0"),
                            Map.entry("exp", "1e3"),
                            Map.entry("big", "12345678901234567890"),
                            Map.entry("yes", "true"),
                            Map.entry("no", "false"),
                            Map.entry("object", "{\"z\":1.0,\"a\":[1,2,{}],\"s\":\"<&>\"}"),
                            Map.entry("list", "[]"),
                            Map.entry("text", "dGV4dA=="),
                            Map.entry("dotted", "dotted"),
                            Map.entry("empty", "")),
                    Place.SOON);
            world.place.awaitReady("nothing", "False RefNotFound");
            assertThat(world.message("nothing", "Ready"))
                    .contains("\"null\" is null")
                    .doesNotContain("int");
            assertThat(world.place.secret("nothing")).isNull();
        }
    }

    @Test
    void badRefsAreAllNamedAndNothingIsWritten() {
        world.safe.put(SafeWorld.OPERATOR, "{\"good\":\"s3cr3t-1\",\"deep\":{\"scalar\":\"s3cr3t-2\",\"list\":[1]}}");
        world.create("app", "200ms", "good=good");
        try (OperatorProcess operator = world.start()) {
            world.place.awaitData("app", Map.of("good", "s3cr3t-1"), Place.SOON);
            String version = world.place.requireSecret("app").getMetadata().getResourceVersion();
            world.place.edit(
                    "app",
                    object -> object.setAdditionalProperty(
                            "spec",
                            world.spec(
                                    "app",
                                    "200ms",
                                    "good=good",
                                    "one=missing.x",
                                    "two=deep.scalar.further",
                                    "three=deep.list.0",
                                    "four=deep..x",
                                    "five=")));
            world.place.awaitReady("app", "False RefNotFound");
            String message = world.message("app", "Ready");
            assertThat(message)
                    .contains("spec.data[1].ref \"missing.x\"", "spec.data[2].ref \"deep.scalar.further\"")
                    .contains("spec.data[3].ref \"deep.list.0\"", "spec.data[4].ref \"deep..x\"", "spec.data[5].ref")
                    .doesNotContain("spec.data[0]", "s3cr3t");
            world.place.awaitEvent("app", "RefNotFound");
            world.awaitFetches(2);
            assertThat(world.place.requireSecret("app").getMetadata().getResourceVersion())
                    .isEqualTo(version);
            assertThat(String.join("\n", operator.lines())).doesNotContain("s3cr3t");
            world.safe.put(
                    SafeWorld.OPERATOR,
                    "{\"good\":\"g\",\"missing\":{\"x\":\"1\"},\"deep\":{\"scalar\":{\"further\":\"2\"},\"list\":{\"0\":\"3\"}}}");
            world.place.edit(
                    "app",
                    object -> object.setAdditionalProperty(
                            "spec", world.spec("app", "200ms", "good=good", "one=missing.x")));
            world.place.awaitData("app", Map.of("good", "g", "one", "1"), Place.SOON);
            world.place.awaitReady("app", "True Synced");
        }
    }

    @Test
    void whatMakesNoSenseIsToldByFieldAndRemedy() {
        world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"v\",\"o\":{},\"long\":\"%s\"}".formatted("x".repeat(64)));
        Map<String, Object> type = world.spec("type", "1h", "k=k");
        type.put("secretType", "vault");
        world.place.create("type", type);
        Map<String, Object> plain = world.spec("plain", "1h", "k=k");
        plain.put("vsecmSafeURL", "http://127.0.0.1:1/");
        world.place.create("plain", plain);
        world.create("key", "1h", "a b=k");
        Map<String, Object> label = world.spec("label", "1h", "k=k");
        label.put("labels", SafeWorld.items("long=long"));
        label.put("annotations", SafeWorld.items("o=o"));
        world.place.create("label", label);
        Map<String, Object> twice = world.spec("twice", "1h", "k=o", "k=k");
        twice.remove("secretType");
        world.place.create("twice", twice);
        try (OperatorProcess _ = world.start()) {
            world.place.awaitReady("type", "False UnsupportedSecretType");
            assertThat(world.message("type", "Ready")).contains("spec.secretType", "\"vault\"", "use k8s");
            world.place.awaitReady("plain", "False InvalidResource");
            assertThat(world.message("plain", "Ready")).contains("spec.vsecmSafeURL", "https://");
            world.place.awaitReady("key", "False InvalidResource");
            assertThat(world.message("key", "Ready")).contains("spec.data[0].key", "\"a b\"");
            world.place.awaitReady("label", "False InvalidMetadataValue");
            assertThat(world.message("label", "Ready"))
                    .contains("spec.labels[0].ref \"long\"", "spec.annotations[0].ref \"o\"")
                    .doesNotContain("xxx");
            world.place.awaitData("twice", Map.of("k", "v"), Place.SOON);
            assertThat(world.place.awaitEvent("twice", "RepeatedKey").getMessage())
                    .contains("[k]");
            assertThat(List.of("type", "plain", "key", "label")).allMatch(name -> world.place.secret(name) == null);
        }
    }

    @Test
    void aBodyThatIsNoEnvelopeIsTheDocumentAndOneThatIsNoJsonIsMalformed() {
        world.safe.answer(200, "{\"data\":\"x\",\"k\":\"v\"}");
        world.create("app", "300ms", "k=k");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("app", Map.of("k", "v"), Place.SOON);
            world.safe.answer(200, "<html>secret-page</html>");
            world.place.awaitReady("app", "False Malformed");
            assertThat(world.message("app", "Ready")).doesNotContain("secret-page");
            assertThat(world.place.data("app")).isEqualTo(Map.of("k", "v"));
            await().during(Duration.ofMillis(400)).until(() -> world.place.secret("app") != null);
        }
    }
}
