package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The Secret is Opaque, has the two labels and one controller, goes with its VaultSecret, and is repaired at once when
 * somebody edits or deletes it.
 */
@WithOperator
class TargetSecretTest {
    /** What the garbage collector may take. */
    private static final Duration COLLECTED = Duration.ofSeconds(60);

    private final World world;

    TargetSecretTest(World world) {
        this.world = world;
        world.mount.put("app", Map.of("k", "v"));
    }

    private void createSynced() {
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
        world.awaitReady("app", "True Synced");
    }

    private void editSecret(UnaryOperator<SecretBuilder> change) {
        world.client
                .secrets()
                .inNamespace(world.namespace)
                .withName("app")
                .edit(secret -> change.apply(new SecretBuilder(secret)).build());
    }

    @Test
    void itIsLabelledAndOwned() {
        world.create("app", Map.of("paths", List.of(world.path("app")), "targetSecretName", "credentials"));
        world.awaitData("credentials", Map.of("k", "v"));
        Secret secret = world.requireSecret("credentials");
        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(secret.getImmutable()).isNull();
        assertThat(secret.getMetadata().getLabels())
                .isEqualTo(Map.of("managed-by", "vault-secret-operator", "owner", "app"));
        assertThat(secret.getMetadata().getAnnotations()).containsOnlyKeys("k8s-vault-operator/vault-ui-urls");
        assertThat(secret.getMetadata().getOwnerReferences()).hasSize(1);
        OwnerReference owner = secret.getMetadata().getOwnerReferences().getFirst();
        assertThat(owner.getApiVersion()).isEqualTo("k8s.kiwi.com/v1");
        assertThat(owner.getKind()).isEqualTo("VaultSecret");
        assertThat(owner.getName()).isEqualTo("app");
        assertThat(owner.getController()).isTrue();
        assertThat(owner.getBlockOwnerDeletion()).isTrue();
        assertThat(owner.getUid())
                .isEqualTo(world.vaultSecret("app").getMetadata().getUid());
    }

    @Test
    void aNameThatFitsIntoALabelIsTheOwner() {
        String name = "x".repeat(63);
        world.createReading(name, "app", "1h");
        world.awaitData(name, Map.of("k", "v"));
        assertThat(world.requireSecret(name).getMetadata().getLabels()).containsEntry("owner", name);
    }

    @Test
    void aLongerNameIsTheOwnerByItsSha1() {
        String name = "x".repeat(64);
        world.createReading(name, "app", "1h");
        world.awaitData(name, Map.of("k", "v"));
        assertThat(world.requireSecret(name).getMetadata().getLabels())
                .containsEntry("owner", "bb2fa3ee7afb9f54c6dfb5d021f14b1ffe40c163");
    }

    @Test
    void deletingTheVaultSecretRemovesIt() {
        createSynced();
        world.delete("app");
        await().atMost(COLLECTED).until(() -> world.secret("app") == null);
    }

    @Test
    void aVaultSecretThatIsCreatedAnewTakesItOver() {
        createSynced();
        String uid = world.vaultSecret("app").getMetadata().getUid();
        world.delete("app");
        world.mount.put("app", Map.of("k", "anew"));
        world.createReading("app", "app", "1h");
        assertThat(world.vaultSecret("app").getMetadata().getUid()).isNotEqualTo(uid);
        world.awaitData("app", Map.of("k", "anew"), COLLECTED);
    }

    @Test
    void anotherTargetNameLeavesTheOldSecretUntilTheVaultSecretGoes() {
        createSynced();
        world.respec("app", Map.of("paths", List.of(world.path("app")), "targetSecretName", "credentials"));
        world.awaitData("credentials", Map.of("k", "v"));
        assertThat(world.data("app")).isEqualTo(Map.of("k", "v"));
        world.delete("app");
        await().atMost(COLLECTED).until(() -> world.secret("app") == null && world.secret("credentials") == null);
    }

    @Test
    void whenDeletedItReturnsAtOnce() {
        createSynced();
        world.client.secrets().inNamespace(world.namespace).withName("app").delete();
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void whenEditedItIsRepairedAtOnce() {
        createSynced();
        editSecret(secret -> secret.addToStringData("k", "edited")
                .addToStringData("extra", "entry")
                .editMetadata()
                .removeFromLabels("owner")
                .removeFromAnnotations("k8s-vault-operator/vault-ui-urls")
                .endMetadata());
        world.awaitData("app", Map.of("k", "v"));
        await().atMost(World.SOON)
                .until(() -> "app"
                                .equals(world.requireSecret("app")
                                        .getMetadata()
                                        .getLabels()
                                        .get("owner"))
                        && !world.links("app").isEmpty());
    }

    @Test
    void whatOthersAddToItsMetadataStays() {
        createSynced();
        editSecret(secret -> secret.editMetadata()
                .addToLabels("theirs", "label")
                .addToAnnotations("theirs", "annotation")
                .addToFinalizers("example.com/theirs")
                .endMetadata());
        world.mount.put("app", Map.of("k", "w"));
        world.respec("app", Map.of("paths", List.of(world.path("app")), "reconcilePeriod", "2h"));
        world.awaitData("app", Map.of("k", "w"));
        Secret secret = world.requireSecret("app");
        assertThat(secret.getMetadata().getLabels()).containsEntry("theirs", "label");
        assertThat(secret.getMetadata().getAnnotations()).containsEntry("theirs", "annotation");
        assertThat(secret.getMetadata().getFinalizers()).contains("example.com/theirs");
        editSecret(found -> found.editMetadata().withFinalizers(List.of()).endMetadata());
    }

    @Test
    void itIsNotEmptiedBecauseEveryPathVanished() {
        world.createReading("app", "app", "1s");
        world.awaitData("app", Map.of("k", "v"));
        world.mount.delete("app");
        assertThat(world.awaitEvent("app", "sync rejected").getMessage())
                .contains("all paths vanished")
                .contains("keyferry.io/allow-empty");
        assertThat(world.data("app")).isEqualTo(Map.of("k", "v"));
        world.awaitReady("app", "False AllPathsVanished");
        world.annotate("app", "keyferry.io/allow-empty", "true");
        world.awaitData("app", Map.of());
        world.mount.put("app", Map.of("k", "back"));
        world.awaitData("app", Map.of("k", "back"));
    }

    @Test
    void aNameThatIsNoneTouchesNothing() {
        world.create(
                "app", Map.of("paths", List.of(world.path("app")), "targetSecretName", "../../kube-system/secrets/x"));
        world.awaitReady("app", "False TargetNameInvalid");
    }
}
