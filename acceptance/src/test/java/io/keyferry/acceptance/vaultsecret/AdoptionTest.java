package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A Secret that was there before and that nobody controls is adopted: its data are replaced, what others wrote on it
 * stays. One that somebody else controls, or that cannot be written, is left alone.
 */
@WithOperator
class AdoptionTest {
    private final World world;

    AdoptionTest(World world) {
        this.world = world;
        world.mount.put("app", Map.of("k", "v"));
    }

    private SecretBuilder foreign() {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(world.namespace)
                .withName("app")
                .addToLabels("theirs", "label")
                .addToLabels("managed-by", "somebody")
                .addToAnnotations("theirs", "annotation")
                .endMetadata()
                .withType("Opaque")
                .addToStringData("old", "data");
    }

    private OwnerReferenceBuilder configMap() {
        var owner = world.client
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(world.namespace)
                        .withName("owner")
                        .endMetadata()
                        .build())
                .create();
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("owner")
                .withUid(owner.getMetadata().getUid());
    }

    private void createOwned(OwnerReference owner) {
        world.client
                .resource(foreign()
                        .editMetadata()
                        .addToOwnerReferences(owner)
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void aSecretThatNobodyControlsIsAdopted() {
        world.client.resource(foreign().build()).create();
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
        Secret secret = world.requireSecret("app");
        assertThat(secret.getMetadata().getLabels())
                .isEqualTo(Map.of("theirs", "label", "managed-by", "vault-secret-operator", "owner", "app"));
        assertThat(secret.getMetadata().getAnnotations())
                .containsEntry("theirs", "annotation")
                .containsKey("k8s-vault-operator/vault-ui-urls");
        assertThat(secret.getMetadata().getOwnerReferences())
                .singleElement()
                .matches(owner -> owner.getKind().equals("VaultSecret") && owner.getController());
        world.awaitEvent("app", "updated");
    }

    @Test
    void ownersThatDoNotControlStay() {
        createOwned(configMap().build());
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
        assertThat(world.requireSecret("app").getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getKind)
                .containsExactlyInAnyOrder("ConfigMap", "VaultSecret");
    }

    @Test
    void aSecretThatSomebodyElseControlsIsLeftAlone() {
        createOwned(configMap().withController(true).build());
        world.createReading("app", "app", "1h");
        assertThat(world.awaitEvent("app", "sync rejected").getMessage())
                .isEqualTo("Secret %s/app is controlled by ConfigMap owner: choose another target or delete that Secret"
                        .formatted(world.namespace));
        assertThat(world.data("app")).isEqualTo(Map.of("old", "data"));
        world.awaitReady("app", "False TargetNotOwned");
        world.client.secrets().inNamespace(world.namespace).withName("app").delete();
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void aKindOfTheSameNameInAnotherGroupIsSomebodyElse() {
        createOwned(new OwnerReferenceBuilder()
                .withApiVersion("ricoberger.de/v1alpha1")
                .withKind("VaultSecret")
                .withName("app")
                .withUid("8f2c3d6e-0000-0000-0000-000000000000")
                .withController(true)
                .build());
        world.createReading("app", "app", "1h");
        assertThat(world.awaitEvent("app", "sync rejected").getMessage())
                .contains("is controlled by VaultSecret.ricoberger.de app");
        assertThat(world.data("app")).isEqualTo(Map.of("old", "data"));
    }

    @Test
    void ofTwoThatWantOneSecretTheOlderKeepsIt() {
        world.mount.put("other", Map.of("k", "other"));
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
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
        world.awaitData("app", Map.of("k", "other"), Duration.ofSeconds(60));
    }

    @Test
    void anotherTypeIsReportedAndNothingIsWritten() {
        world.client.resource(foreign().withType("example.com/other").build()).create();
        world.createReading("app", "app", "1h");
        world.awaitReady("app", "False TargetTypeDiffers");
        assertThat(world.data("app")).isEqualTo(Map.of("old", "data"));
    }

    @Test
    void anImmutableSecretIsReportedAndNothingIsWritten() {
        world.client.resource(foreign().withImmutable(true).build()).create();
        world.createReading("app", "app", "1h");
        world.awaitReady("app", "False TargetImmutable");
        assertThat(world.data("app")).isEqualTo(Map.of("old", "data"));
        assertThat(world.requireSecret("app").getMetadata().getLabels()).containsEntry("managed-by", "somebody");
        world.client.secrets().inNamespace(world.namespace).withName("app").delete();
        world.awaitData("app", Map.of("k", "v"));
    }
}
