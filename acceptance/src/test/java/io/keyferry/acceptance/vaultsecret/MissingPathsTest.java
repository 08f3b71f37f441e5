package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A missing concrete path is logged and skipped; a missing folder fails and leaves the Secret as it is; what was deleted
 * softly or destroyed yields no keys and no error.
 */
@WithOperator
class MissingPathsTest {
    private final World world;
    private final OperatorProcess operator;

    MissingPathsTest(World world, OperatorProcess operator) {
        this.world = world;
        this.operator = operator;
    }

    @Test
    void aMissingPathIsLoggedAndSkipped() {
        world.mount.put("there", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("gone"), world.path("there"))));
        world.awaitData("app", Map.of("k", "v"));
        assertThat(world.awaitLog(operator, "app", world.mount.path("gone")))
                .contains("\"level\":\"error\"")
                .contains("\"error\":\"path doesn't exist\"");
        world.awaitReady("app", "True Synced");
        world.awaitEvent("app", "created");
        assertThat(world.events("app")).noneMatch(event -> event.getType().equals("Warning"));
    }

    @Test
    void ifEveryPathIsMissingFromTheStartTheSecretIsEmpty() {
        world.create("app", Map.of("paths", List.of(world.path("gone"), world.path("gone-too", "p/"))));
        world.awaitData("app", Map.of());
        world.create("json", Map.of("paths", List.of(world.path("gone", "a/b/c")), "targetFormat", "json"));
        assertThat(world.awaitEntry("json", "secrets.json")).isEqualTo("""
                {
                  "a": {
                    "b": {}
                  }
                }""");
    }

    @Test
    void aMissingFolderFailsAndLeavesTheSecretAlone() {
        world.mount.put("folder/app", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("folder/*")), "reconcilePeriod", "1s"));
        world.awaitData("app", Map.of("app_k", "v"));
        world.mount.deleteMetadata("folder/app");
        assertThat(world.awaitEvent("app", "vault read failed").getMessage())
                .isEqualTo("failed to get paths from vault: no value found in path: \"" + world.mount.path("folder/")
                        + "\"");
        assertThat(world.data("app")).isEqualTo(Map.of("app_k", "v"));
        world.awaitReady("app", "False VaultReadFailed");
        world.mount.put("folder/app", Map.of("k", "back"));
        world.awaitData("app", Map.of("app_k", "back"));
        world.awaitReady("app", "True Synced");
    }

    @Test
    void aFolderThatWasNeverThereMakesNoSecret() {
        world.create("app", Map.of("paths", List.of(world.path("never/*"))));
        world.awaitReady("app", "False VaultReadFailed");
        assertThat(world.awaitLog(operator, "app", "Reconciler error"))
                .contains("\"level\":\"error\"")
                .contains("\"error\":\"failed to get paths from vault: no value found in path: ");
        assertThat(world.secret("app")).isNull();
    }

    @Test
    void whatIsSoftlyDeletedOrDestroyedBelowAFolderIsAnEmptyNode() {
        world.mount.put("folder/app", Map.of("k", "v"));
        world.mount.put("folder/soft", Map.of("k", "v"));
        world.mount.put("folder/hard", Map.of("k", "v"));
        world.mount.put("folder/bare", Map.of());
        world.mount.delete("folder/soft");
        world.mount.destroy("folder/hard", 1);
        List<Map<String, String>> paths = List.of(world.path("folder/*"));
        world.create("env", Map.of("paths", paths));
        world.create("json", Map.of("paths", paths, "targetFormat", "json"));
        world.create("yaml", Map.of("paths", paths, "targetFormat", "yaml"));
        world.awaitData("env", Map.of("app_k", "v"));
        assertThat(world.awaitEntry("json", "secrets.json")).isEqualTo("""
                {
                  "app": {
                    "k": "v"
                  },
                  "bare": {},
                  "hard": {},
                  "soft": {}
                }""");
        assertThat(world.awaitEntry("yaml", "secrets.yaml")).isEqualTo("""
                app:
                    k: v
                bare: {}
                hard: {}
                soft: {}
                """);
        assertThat(operator.lines())
                .noneMatch(line -> line.contains("\"level\":\"error\"") && line.contains(world.namespace));
    }

    @Test
    void aSoftlyDeletedConcretePathIsSkippedSilently() {
        world.mount.put("there", Map.of("k", "v"));
        world.mount.put("soft", Map.of("s", "v"));
        world.mount.delete("soft");
        world.create("app", Map.of("paths", List.of(world.path("soft"), world.path("there"))));
        world.awaitData("app", Map.of("k", "v"));
        world.awaitReady("app", "True Synced");
        assertThat(operator.lines())
                .noneMatch(line -> line.contains("\"level\":\"error\"") && line.contains(world.namespace));
    }

    @Test
    void whatMayNotBeListedFailsWithTheApiPath() {
        world.mount.put("folder/app", Map.of("k", "v"));
        String readOnly = "path \"" + world.mount.name() + "/data/*\" { capabilities = [\"read\"] }";
        String token = world.vault.newToken("1h", world.vault.newPolicy(readOnly));
        world.create("app", Map.of("paths", List.of(world.path("folder/*")), "auth", Map.of("token", token)));
        String path = world.mount.name() + "/metadata/folder";
        assertThat(world.awaitEvent("app", "vault read failed").getMessage())
                .startsWith("failed to get paths from vault: could not read Vault path \"" + path
                        + "\": Error making API request.\n\nURL: GET " + world.vault.address() + "/v1/" + path
                        + "?list=true\nCode: 403. Errors:\n\n* ")
                .contains("* permission denied");
        assertThat(world.secret("app")).isNull();
    }

    @Test
    void whatMayNotBeReadFails() {
        world.mount.put("app", Map.of("k", "v"));
        String other = "path \"" + world.mount.name() + "/data/other\" { capabilities = [\"read\"] }";
        String token = world.vault.newToken("1h", world.vault.newPolicy(other));
        world.create("app", Map.of("paths", List.of(world.path("app")), "auth", Map.of("token", token)));
        assertThat(world.awaitEvent("app", "vault read failed").getMessage())
                .startsWith("failed to read paths from vault: Error making API request.\n\nURL: GET "
                        + world.vault.address() + "/v1/" + world.mount.name() + "/data/app\nCode: 403. Errors:\n\n* ")
                .contains("* permission denied");
        assertThat(world.secret("app")).isNull();
    }

    @Test
    void aMountThatDoesNotExistFails() {
        world.create("concrete", Map.of("paths", List.of(Map.of("path", "no-such-mount/app"))));
        world.create("recursive", Map.of("paths", List.of(Map.of("path", "no-such-mount/*"))));
        assertThat(world.awaitEvent("concrete", "vault read failed").getMessage())
                .startsWith("failed to read paths from vault: ")
                .contains("URL: GET " + world.vault.address() + "/v1/sys/internal/ui/mounts/no-such-mount")
                .contains("Code: 403. Errors:");
        assertThat(world.awaitEvent("recursive", "vault read failed").getMessage())
                .startsWith("failed to get paths from vault: ")
                .contains("Code: 403. Errors:");
    }
}
