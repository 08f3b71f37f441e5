package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RealParts;
import io.keyferry.testkit.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealParts
class TargetSecretTest {
    private static OperatorProcess operator;
    private World world;

    @BeforeAll
    static void startOperator(Cluster cluster, Vault vault) {
        World.installCrds(cluster);
        operator = World.operator(cluster, vault).start();
        operator.awaitReady(World.SOON);
    }

    @AfterAll
    static void stopOperator() {
        operator.close();
    }

    @BeforeEach
    void newWorld(Cluster cluster, Vault vault) {
        world = new World(cluster, vault);
        world.mount.put("app", Map.of("k", "v"));
    }

    private void createSynced() {
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
        world.awaitReady("app", "True Synced");
    }

    private SecretBuilder foreign() {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(world.namespace)
                .withName("app")
                .addToLabels("theirs", "label")
                .addToAnnotations("theirs", "annotation")
                .endMetadata()
                .withType("Opaque")
                .addToStringData("old", "data");
    }

    @Test
    void aDeletedSecretReturnsAtOnce() {
        createSynced();
        world.client.secrets().inNamespace(world.namespace).withName("app").delete();
        world.awaitData("app", Map.of("k", "v"), Duration.ofSeconds(2));
    }

    @Test
    void anEditedSecretIsRepairedAtOnce() {
        createSynced();
        world.client
                .secrets()
                .inNamespace(world.namespace)
                .withName("app")
                .edit(secret -> new SecretBuilder(secret)
                        .addToStringData("k", "edited")
                        .addToStringData("extra", "entry")
                        .editMetadata()
                        .removeFromLabels("owner")
                        .endMetadata()
                        .build());
        world.awaitData("app", Map.of("k", "v"), Duration.ofSeconds(2));
        await().atMost(World.SOON)
                .until(() -> "app"
                        .equals(Objects.requireNonNull(world.secret("app"))
                                .getMetadata()
                                .getLabels()
                                .get("owner")));
    }

    @Test
    void whatOthersAddToItsMetadataStays() {
        createSynced();
        world.client
                .secrets()
                .inNamespace(world.namespace)
                .withName("app")
                .edit(secret -> new SecretBuilder(secret)
                        .editMetadata()
                        .addToLabels("theirs", "label")
                        .addToAnnotations("theirs", "annotation")
                        .addToFinalizers("example.com/theirs")
                        .endMetadata()
                        .build());
        world.mount.put("app", Map.of("k", "w"));
        world.annotate("app", "keyferry.io/allow-empty", "true");
        world.edit(
                "app",
                object -> object.setAdditionalProperty(
                        "spec",
                        Map.of(
                                "paths", List.of(world.path("app")),
                                "reconcilePeriod", "2h",
                                "auth", Map.of("token", world.vault.rootToken()))));
        world.awaitData("app", Map.of("k", "w"));
        Secret secret = Objects.requireNonNull(world.secret("app"));
        assertThat(secret.getMetadata().getLabels()).containsEntry("theirs", "label");
        assertThat(secret.getMetadata().getAnnotations()).containsEntry("theirs", "annotation");
        assertThat(secret.getMetadata().getFinalizers()).contains("example.com/theirs");
        world.client
                .secrets()
                .inNamespace(world.namespace)
                .withName("app")
                .edit(found -> new SecretBuilder(found)
                        .editMetadata()
                        .withFinalizers(List.of())
                        .endMetadata()
                        .build());
    }

    @Test
    void aSecretThatNobodyControlsIsAdopted() {
        world.client.resource(foreign().build()).create();
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
        Secret secret = Objects.requireNonNull(world.secret("app"));
        assertThat(secret.getMetadata().getAnnotations()).containsEntry("theirs", "annotation");
        assertThat(secret.getMetadata().getOwnerReferences()).hasSize(1);
    }

    @Test
    void aSecretThatSomebodyElseControlsIsLeftAlone() {
        var config = world.client
                .resource(new io.fabric8.kubernetes.api.model.ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(world.namespace)
                        .withName("owner")
                        .endMetadata()
                        .build())
                .create();
        world.client
                .resource(foreign()
                        .editMetadata()
                        .addToOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("v1")
                                .withKind("ConfigMap")
                                .withName("owner")
                                .withUid(config.getMetadata().getUid())
                                .withController(true)
                                .build())
                        .endMetadata()
                        .build())
                .create();
        world.createReading("app", "app", "1h");
        assertThat(world.awaitEvent("app", "sync rejected").getMessage())
                .isEqualTo("Secret %s/app is controlled by ConfigMap owner: choose another target or delete that Secret"
                        .formatted(world.namespace));
        assertThat(world.data("app")).isEqualTo(Map.of("old", "data"));
        world.client.secrets().inNamespace(world.namespace).withName("app").delete();
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void aKindOfTheSameNameInAnotherGroupIsSomebodyElse() {
        world.client
                .resource(foreign()
                        .editMetadata()
                        .addToOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("ricoberger.de/v1alpha1")
                                .withKind("VaultSecret")
                                .withName("app")
                                .withUid("8f2c3d6e-0000-0000-0000-000000000000")
                                .withController(true)
                                .build())
                        .endMetadata()
                        .build())
                .create();
        world.createReading("app", "app", "1h");
        assertThat(world.awaitEvent("app", "sync rejected").getMessage())
                .contains("is controlled by VaultSecret.ricoberger.de app");
        assertThat(world.data("app")).isEqualTo(Map.of("old", "data"));
    }

    @Test
    void ofTwoThatWantOneSecretTheOlderKeepsIt() {
        world.mount.put("other", Map.of("k", "other"));
        createSynced();
        world.create(
                "younger",
                Map.of(
                        "paths", List.of(world.path("other")),
                        "targetSecretName", "app",
                        "reconcilePeriod", "1s"));
        assertThat(world.awaitEvent("younger", "sync rejected").getMessage())
                .contains("controlled by VaultSecret.k8s.kiwi.com app");
        assertThat(world.data("app")).isEqualTo(Map.of("k", "v"));
        world.delete("app");
        world.awaitData("app", Map.of("k", "other"), Duration.ofSeconds(30));
    }

    @Test
    void anotherTypeIsReportedAndNothingIsWritten() {
        world.client.resource(foreign().withType("example.com/other").build()).create();
        world.createReading("app", "app", "1h");
        world.awaitReady("app", "False TargetTypeDiffers");
        assertThat(world.data("app")).isEqualTo(Map.of("old", "data"));
    }

    @Test
    void aSecretIsNotEmptiedBecauseEveryPathVanished() {
        world.createReading("app", "app", "1s");
        world.awaitData("app", Map.of("k", "v"));
        world.mount.delete("app");
        assertThat(world.awaitEvent("app", "sync rejected").getMessage())
                .contains("all paths vanished")
                .contains("keyferry.io/allow-empty");
        assertThat(world.data("app")).isEqualTo(Map.of("k", "v"));
        world.annotate("app", "keyferry.io/allow-empty", "true");
        world.awaitData("app", Map.of());
        world.mount.put("app", Map.of("k", "back"));
        world.awaitData("app", Map.of("k", "back"));
    }

    @Test
    void aTargetNameThatIsNoneTouchesNothing() {
        world.create(
                "app", Map.of("paths", List.of(world.path("app")), "targetSecretName", "../../kube-system/secrets/x"));
        world.awaitReady("app", "False TargetNameInvalid");
    }
}
