package io.keyferry.acceptance.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Secrets that others edit, want or own, and what becomes of them when their object or their source goes. */
@WithWorld
class LifecycleTest {
    private final SafeWorld world;

    LifecycleTest(SafeWorld world) {
        this.world = world;
        world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"v\",\"l\":\"label\"}");
    }

    private void editSecret(String name, UnaryOperator<SecretBuilder> edit) {
        world.cluster
                .client()
                .secrets()
                .inNamespace(world.place.namespace())
                .withName(name)
                .edit(secret -> edit.apply(new SecretBuilder(secret)).build());
    }

    /** One that somebody else made. */
    private void createSecret(String name, String key, String base64) {
        world.cluster
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(world.place.namespace())
                        .endMetadata()
                        .withType("Opaque")
                        .addToData(key, base64)
                        .build())
                .create();
    }

    private void deleteSecret(String name) {
        world.cluster
                .client()
                .secrets()
                .inNamespace(world.place.namespace())
                .withName(name)
                .delete();
    }

    private void annotate(String name, String annotation, String value) {
        world.place.edit(name, object -> object.getMetadata().setAnnotations(Map.of(annotation, value)));
    }

    @Test
    void editsAndDeletionsAreRepairedAndWhatOthersAddedStays() {
        Map<String, Object> spec = world.spec("app", "", "k=k", "gone=k");
        spec.put("labels", SafeWorld.items("l=l"));
        world.place.create("app", spec);
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("app", Map.of("k", "v", "gone", "v"), Place.SOON);
            editSecret(
                    "app",
                    secret -> secret.addToData("k", "eA==")
                            .addToData("foreign", "eA==")
                            .editMetadata()
                            .addToLabels("l", "edited")
                            .addToLabels("foreign", "stays")
                            .endMetadata());
            world.place.awaitData("app", Map.of("k", "v", "gone", "v", "foreign", "x"), Place.SOON);
            assertThat(world.place.requireSecret("app").getMetadata().getLabels())
                    .isEqualTo(Map.of("l", "label", "foreign", "stays"));
            world.place.edit("app", object -> object.setAdditionalProperty("spec", world.spec("app", "", "k=k")));
            world.place.awaitData("app", Map.of("k", "v", "foreign", "x"), Place.SOON);
            assertThat(world.place.requireSecret("app").getMetadata().getLabels())
                    .isEqualTo(Map.of("foreign", "stays"));
            deleteSecret("app");
            world.place.awaitData("app", Map.of("k", "v"), Place.SOON);
        }
    }

    @Test
    void aSecretOfTheOldOperatorIsAdoptedWithoutAWriteThatChangesIt() {
        createSecret("app", "k", "b2xk");
        world.create("app", "1h", "k=k");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("app", Map.of("k", "v"), Place.SOON);
            world.place.awaitReady("app", "True Synced");
        }
    }

    @Test
    void aKeyThatIsNamedNoMoreGoesAlsoWhereTheOldOperatorWroteIt() {
        world.cluster
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("app")
                        .withNamespace(world.place.namespace())
                        .addToLabels("l", "label")
                        .endMetadata()
                        .withType("Opaque")
                        .addToData("k", "dg==")
                        .addToData("m", "dg==")
                        .addToData("foreign", "eA==")
                        .build())
                .create();
        Map<String, Object> spec = world.spec("app", "1h", "k=k", "m=k");
        spec.put("labels", SafeWorld.items("l=l"));
        world.place.create("app", spec);
        try (OperatorProcess _ = world.start()) {
            world.place.awaitReady("app", "True Synced");
            String version = world.place.requireSecret("app").getMetadata().getResourceVersion();
            world.place.edit("app", object -> object.setAdditionalProperty("spec", world.spec("app", "1h", "k=k")));
            world.place.awaitData("app", Map.of("k", "v", "foreign", "x"), Place.SOON);
            assertThat(world.place.requireSecret("app").getMetadata())
                    .satisfies(metadata -> assertThat(metadata.getLabels()).isNullOrEmpty())
                    .satisfies(metadata ->
                            assertThat(metadata.getResourceVersion()).isNotEqualTo(version));
        }
    }

    @Test
    void whoHasATargetKeepsItAgainstOneOfTheSameSecondAndOneThatWaitsForAMistake() {
        world.create("z", "1h", "k=k");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitReady("z", "True Synced");
            world.place.create("a", world.spec("z", "1h", "k=l"));
            world.place.awaitReady("a", "False TargetConflict");
            assertThat(world.place.data("z")).isEqualTo(Map.of("k", "v"));
            world.place.edit("z", object -> {
                Map<String, Object> spec = world.spec("z", "1h", "k=k");
                spec.put("secretType", "vault");
                object.setAdditionalProperty("spec", spec);
            });
            world.place.awaitReady("z", "False UnsupportedSecretType");
            world.place.edit("a", object -> object.setAdditionalProperty("spec", world.spec("z", "2h", "k=l")));
            world.awaitGeneration("a", 2);
            assertThat(world.place.ready("a")).isEqualTo("False TargetConflict");
            assertThat(world.place.data("z")).isEqualTo(Map.of("k", "v"));
            world.place.delete("z");
            world.place.awaitReady("a", "True Synced");
            assertThat(world.place.data("z")).isEqualTo(Map.of("k", "label"));
        }
    }

    @Test
    void ofTwoWhoWantOneTargetTheOlderKeepsItAndTheYoungerFollows() {
        world.place.create("older", world.spec("target", "1h", "k=k"));
        await().until(() -> world.place.object("older") != null);
        String since = world.place.object("older").getMetadata().getCreationTimestamp();
        await("another second").atMost(Place.SOON).until(() -> {
            world.place.create("probe", world.spec("probe", "1h", "k=k"));
            String now = world.place.object("probe").getMetadata().getCreationTimestamp();
            world.place.delete("probe");
            return !now.equals(since);
        });
        world.place.create("younger", world.spec("target", "1h", "other=k"));
        try (OperatorProcess _ = world.start()) {
            world.place.awaitReady("older", "True Synced");
            world.place.awaitReady("younger", "False TargetConflict");
            assertThat(world.message("younger", "Ready")).contains("older");
            world.place.awaitEvent("younger", "TargetConflict");
            assertThat(world.place.data("target")).isEqualTo(Map.of("k", "v"));
            world.place.delete("older");
            world.place.awaitReady("younger", "True Synced");
            assertThat(world.place.awaitEntry("target", "other")).isEqualTo("v");
        }
    }

    @Test
    void aSecretOutlivesItsSourceAndItsObject() {
        world.create("app", "200ms", "k=k");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("app", Map.of("k", "v"), Place.SOON);
            world.safe.remove(SafeWorld.OPERATOR);
            world.place.awaitReady("app", "False UpstreamNotFound");
            assertThat(world.place.data("app")).isEqualTo(Map.of("k", "v"));
            world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"back\"}");
            world.place.awaitData("app", Map.of("k", "back"), Place.SOON);
            world.place.delete("app");
            world.create("other", "200ms", "k=k");
            world.place.awaitReady("other", "True Synced");
            world.awaitFetches(2);
            assertThat(world.place.data("app")).isEqualTo(Map.of("k", "back"));
        }
    }

    @Test
    void withPolicyDeleteTheSecretGoesAndAPolicyThatIsNoneKeepsIt() {
        world.create("kept", "1h", "k=k");
        world.create("app", "1h", "k=k");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitReady("kept", "True Synced");
            world.place.awaitReady("app", "True Synced");
            annotate("app", "vsecm.com/deletion-policy", "Delete");
            world.awaitMark("app");
            annotate("kept", "vsecm.com/deletion-policy", "delete");
            world.place.awaitEvent("kept", "InvalidPolicy");
            world.place.delete("kept");
            world.place.delete("app");
            await().atMost(Place.SOON).until(() -> world.place.secret("app") == null);
            assertThat(world.place.secret("kept")).isNotNull();
        }
    }

    @Test
    void aSecretThatLacksTheMarkStaysWhateverThePolicy() {
        createSecret("app", "theirs", "eA==");
        world.create("app", "1h", "k=missing");
        try (OperatorProcess _ = world.operator()
                .environment("KEYFERRY_VSECM_DELETION_POLICY", "Delete")
                .start()) {
            world.place.awaitReady("app", "False RefNotFound");
            world.place.delete("app");
            world.create("later", "1h", "k=k");
            world.place.awaitReady("later", "True Synced");
            await().during(Duration.ofMillis(500)).until(() -> world.place.secret("app") != null);
            assertThat(world.place.data("app")).isEqualTo(Map.of("theirs", "x"));
            world.place.delete("later");
            await().atMost(Place.SOON).until(() -> world.place.secret("later") == null);
        }
    }

    @Test
    void whoWantsValuesToGoWithTheirSourceGetsEmptyOnes() {
        world.create("app", "200ms", "k=k");
        annotate("app", "vsecm.com/upstream-deletion-policy", "Blank");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitData("app", Map.of("k", "v"), Place.SOON);
            world.safe.remove(SafeWorld.OPERATOR);
            world.place.awaitData("app", Map.of("k", ""), Place.SOON);
            world.place.awaitReady("app", "False UpstreamNotFound");
        }
    }

    @Test
    void aTargetThatSafeWritesItselfIsWarnedAbout() {
        world.create("app", "1h", "k=k");
        try (OperatorProcess _ = world.start()) {
            world.place.awaitReady("app", "True Synced");
            editSecret(
                    "app",
                    secret -> secret.editMetadata()
                            .addToLabels("app.kubernetes.io/operated-by", "vsecm")
                            .endMetadata());
            world.awaitCondition("app", "TargetWrittenBySafe", "True TargetWrittenBySafe");
            world.place.awaitEvent("app", "TargetWrittenBySafe");
        }
    }
}
