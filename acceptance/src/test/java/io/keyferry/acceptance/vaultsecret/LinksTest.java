package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.Vault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The Secret's annotation links the page of every source, in the paths' order, for KV 1 and KV 2, concrete and
 * recursive, whatever the prefix; annotations that others add stay.
 */
@WithOperator
class LinksTest {
    private final World world;

    LinksTest(World world) {
        this.world = world;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | team/app     | show/team/app",
                "1 | team/a b     | show/team/a b",
                "1 | team/*       | list/team/",
                "1 | *            | list/",
                "2 | team/app     | kv/team%2Fapp",
                "2 | team/a b     | kv/team%2Fa%20b",
                "2 | team/$&+=:@~-_. | kv/team%2F$&+=:@~-_.",
                "2 | team/*       | kv/list/team/",
                "2 | team/sub/*   | kv/list/team/sub/",
                "2 | *            | kv/list/"
            })
    void aSourceIsLinkedByItsVersionAndKind(int version, String path, String link, Cluster cluster, Vault vault) {
        try (World kv = new World(cluster, vault, vault.newMount(version))) {
            for (String secret : List.of("team/app", "team/a%20b", "team/$&+=:@~-_.", "team/sub/db")) {
                kv.mount.put(secret, Map.of("k", "v"));
            }
            kv.create("app", Map.of("paths", List.of(kv.path(path, "pre/fix_")), "targetFormat", "json"));
            kv.awaitEntry("app", "secrets.json");
            assertThat(kv.links("app")).isEqualTo(base(kv) + link);
        }
    }

    private static String base(World world) {
        return world.vault.address() + "/ui/vault/secrets/" + world.mount.name() + "/";
    }

    @Test
    void severalSourcesAreLinkedInTheirOrder() {
        world.mount.put("b", Map.of("k", "v"));
        world.mount.put("a/x", Map.of("k", "w"));
        world.create("app", Map.of("paths", List.of(world.path("b"), world.path("a/*"), world.path("gone"))));
        world.awaitData("app", Map.of("k", "v", "x_k", "w"));
        assertThat(world.links("app"))
                .isEqualTo(base(world) + "kv/b, " + base(world) + "kv/list/a/, " + base(world) + "kv/gone");
    }

    @ParameterizedTest
    @CsvSource({"1, show/team/app", "2, kv/team%2Fapp"})
    void aLeadingOrTrailingSlashMakesNoDifference(int version, String link, Cluster cluster, Vault vault) {
        try (World kv = new World(cluster, vault, vault.newMount(version))) {
            kv.mount.put("team/app", Map.of("k", "v"));
            kv.create("app", Map.of("paths", List.of(Map.of("path", "/" + kv.mount.path("team/app/")))));
            kv.awaitData("app", Map.of("k", "v"));
            assertThat(kv.links("app")).isEqualTo(base(kv) + link);
        }
    }

    @Test
    void aVaultSecretWithAnAddressOfItsOwnIsLinkedThere() {
        world.mount.put("app", Map.of("k", "v"));
        String address = world.vault.directAddress();
        world.create("app", Map.of("paths", List.of(world.path("app")), "addr", address + "/"));
        world.awaitData("app", Map.of("k", "v"));
        assertThat(world.links("app")).isEqualTo(address + "/ui/vault/secrets/" + world.mount.name() + "/kv/app");
    }

    @Test
    void noPathsGiveNoLinks() {
        world.create("app", Map.of("paths", List.of()));
        world.awaitData("app", Map.of());
        assertThat(world.links("app")).isEmpty();
    }

    @Test
    void annotationsOfOthersStayAndAWrongLinkIsMended() {
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
        world.client
                .secrets()
                .inNamespace(world.namespace)
                .withName("app")
                .edit(secret -> new SecretBuilder(secret)
                        .editMetadata()
                        .addToAnnotations("theirs", "annotation")
                        .addToAnnotations("k8s-vault-operator/vault-ui-urls", "https://elsewhere")
                        .endMetadata()
                        .build());
        await().atMost(World.SOON).until(() -> world.links("app").equals(base(world) + "kv/app"));
        assertThat(world.requireSecret("app").getMetadata().getAnnotations()).containsEntry("theirs", "annotation");
    }
}
