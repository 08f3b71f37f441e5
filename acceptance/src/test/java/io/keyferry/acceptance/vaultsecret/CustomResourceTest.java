package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The definition accepts a VaultSecret with paths alone, refuses one without, and keeps every field as it was written. */
@WithWorld
class CustomResourceTest {
    private final World world;

    CustomResourceTest(World world) {
        this.world = world;
    }

    @Test
    void pathsAloneAreEnough() {
        Map<String, ?> spec = Map.of("paths", List.of(Map.of("path", "secret/app")));
        world.createExactly("app", spec);
        assertThat(world.vaultSecret("app").<Object>get("spec")).isEqualTo(spec);
    }

    @Test
    void pathsMayBeEmpty() {
        world.createExactly("app", Map.of("paths", List.of()));
        assertThat(world.vaultSecret("app").<Object>get("spec", "paths")).isEqualTo(List.of());
    }

    @Test
    void withoutPathsItIsRefused() {
        assertThatThrownBy(() -> world.createExactly("app", Map.of("addr", "http://vault:8200")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.paths: Required value");
    }

    @Test
    void aPathWithoutItsPathIsRefused() {
        assertThatThrownBy(() -> world.createExactly("app", Map.of("paths", List.of(Map.of("prefix", "p")))))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.paths[0].path: Required value");
    }

    @Test
    void everyFieldStaysAsItWasWrittenAndNoneIsDefaulted() {
        Map<String, ?> spec = Map.of(
                "addr", "https://vault.example:8200",
                "separator", ".",
                "targetSecretName", "credentials",
                "targetFormat", "JSON",
                "reconcilePeriod", "1h30m",
                "paths", List.of(Map.of("path", "secret/*", "prefix", "a/b"), Map.of("path", "secret/app")),
                "auth",
                        Map.of(
                                "token",
                                "t",
                                "serviceAccountRef",
                                Map.of("name", "sync", "authPath", "auth/kubernetes/login", "role", "team")));
        world.createExactly("app", spec);
        assertThat(world.vaultSecret("app").<Object>get("spec")).isEqualTo(spec);
    }

    @Test
    void itsStatusIsASubresourceAndItPrintsWhatMatters() {
        var definition = world.client
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("vaultsecrets.k8s.kiwi.com")
                .require()
                .getSpec();
        var version = definition.getVersions().getFirst();
        assertThat(definition.getScope()).isEqualTo("Namespaced");
        assertThat(version.getName()).isEqualTo("v1");
        assertThat(version.getSubresources().getStatus()).isNotNull();
        assertThat(version.getAdditionalPrinterColumns())
                .extracting(CustomResourceColumnDefinition::getName)
                .containsExactly("Ready", "Reason", "Last Updated", "Age");
    }

    @Test
    void theSampleIsAccepted() {
        world.apply("deploy/samples/vaultsecret.yaml");
    }
}
