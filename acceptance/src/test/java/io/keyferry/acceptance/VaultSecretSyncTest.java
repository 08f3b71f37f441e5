package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RealParts;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealParts
class VaultSecretSyncTest {
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
    }

    @Test
    void aVaultSecretHasItsSecretWithinASecond() {
        world.mount.put("app", Map.of("user", "admin", "password", "one"));
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("user", "admin", "password", "one"), Duration.ofSeconds(1));
    }

    @Test
    void theSecretIsLabelledOwnedAndLinked(Vault vault) {
        world.mount.put("team/app", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("team/app")), "targetSecretName", "credentials"));
        world.awaitData("credentials", Map.of("k", "v"));
        Secret secret = Objects.requireNonNull(world.secret("credentials"));
        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(secret.getMetadata().getLabels())
                .containsExactlyInAnyOrderEntriesOf(Map.of("managed-by", "vault-secret-operator", "owner", "app"));
        OwnerReference owner = secret.getMetadata().getOwnerReferences().getFirst();
        assertThat(owner.getKind()).isEqualTo("VaultSecret");
        assertThat(owner.getController()).isTrue();
        assertThat(owner.getBlockOwnerDeletion()).isTrue();
        assertThat(owner.getUid())
                .isEqualTo(world.vaultSecret("app").getMetadata().getUid());
        assertThat(secret.getMetadata().getAnnotations())
                .containsEntry(
                        "k8s-vault-operator/vault-ui-urls",
                        vault.address() + "/ui/vault/secrets/" + world.mount.name() + "/kv/team%2Fapp");
    }

    @Test
    void severalPathsAreMergedInTheirFormat() {
        world.mount.put("db", Map.of("password", "p<1>"));
        world.mount.put("services/mail", Map.of("key", "m"));
        world.mount.put("services/pay/card", Map.of("key", 7));
        List<Map<String, String>> paths = List.of(world.path("db", "db_"), world.path("services/*"));
        world.create("env", Map.of("paths", paths));
        world.create("json", Map.of("paths", paths, "targetFormat", "JSON"));
        world.create("yaml", Map.of("paths", paths, "targetFormat", "yaml"));
        world.awaitData("env", Map.of("db_password", "p<1>", "mail_key", "m", "pay_card_key", "7"));
        world.awaitData("json", Map.of("secrets.json", """
                        {
                          "db_password": "p\\u003c1\\u003e",
                          "mail": {
                            "key": "m"
                          },
                          "pay": {
                            "card": {
                              "key": 7
                            }
                          }
                        }"""));
        world.awaitData("yaml", Map.of("secrets.yaml", """
                        db_password: p<1>
                        mail:
                            key: m
                        pay:
                            card:
                                key: "7"
                        """));
    }

    @Test
    void keyValueVersionOneIsFoundOutByItself(Cluster cluster, Vault vault) {
        World old = new World(cluster, vault, vault.newMount(1));
        old.mount.put("folder/app", Map.of("k", "v"));
        old.create("app", Map.of("paths", List.of(old.path("folder/*"))));
        old.awaitData("app", Map.of("app_k", "v"));
        assertThat(Objects.requireNonNull(old.secret("app")).getMetadata().getAnnotations())
                .containsEntry(
                        "k8s-vault-operator/vault-ui-urls",
                        vault.address() + "/ui/vault/secrets/" + old.mount.name() + "/list/folder/");
    }

    @Test
    void aChangedValueArrivesWithinOnePeriod() {
        world.mount.put("app", Map.of("k", "one"));
        world.createReading("app", "app", "2s");
        world.awaitData("app", Map.of("k", "one"));
        world.awaitEvent("app", "created");
        world.mount.put("app", Map.of("k", "two"));
        world.awaitData("app", Map.of("k", "two"), Duration.ofSeconds(3));
        assertThat(world.awaitEvent("app", "updated").getMessage()).isEqualTo("Secret has been updated.");
    }

    @Test
    void anUnchangedSecretIsNotWrittenButTheTimeIs() {
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1s");
        world.awaitData("app", Map.of("k", "v"));
        await().atMost(World.SOON).until(() -> !world.lastUpdated("app").isEmpty());
        String version =
                Objects.requireNonNull(world.secret("app")).getMetadata().getResourceVersion();
        String updated = world.lastUpdated("app");
        await().atMost(World.SOON).until(() -> world.lastUpdated("app").compareTo(updated) > 0);
        assertThat(Objects.requireNonNull(world.secret("app")).getMetadata().getResourceVersion())
                .isEqualTo(version);
    }

    @Test
    void anEditIsFollowedAtOnceAndSeesNoOldValue() {
        world.mount.put("app", Map.of("k", "one"));
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "one"));
        world.mount.put("app", Map.of("k", "two"));
        world.edit(
                "app",
                object -> object.setAdditionalProperty(
                        "spec",
                        Map.of(
                                "paths", List.of(world.path("app", "p_")),
                                "reconcilePeriod", "1h",
                                "auth", Map.of("token", world.vault.rootToken()))));
        world.awaitData("app", Map.of("p_k", "two"), Duration.ofSeconds(2));
    }

    @Test
    void aMissingPathIsLoggedAndSkipped() {
        world.mount.put("there", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("there"), world.path("gone"))));
        world.awaitData("app", Map.of("k", "v"));
        String line =
                operator.awaitLine(l -> l.contains("path doesn't exist") && l.contains(world.namespace), World.SOON);
        assertThat(line)
                .contains("\"level\":\"error\"")
                .contains("\"msg\":\"" + world.mount.path("gone") + "\"")
                .contains("\"error\":\"path doesn't exist\"")
                .contains("\"VaultSecret\":{\"name\":\"app\",\"namespace\":\"" + world.namespace + "\"}");
    }

    @Test
    void aMissingFolderFailsAndLeavesTheSecretAlone() {
        world.mount.put("folder/app", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("folder/*")), "reconcilePeriod", "1s"));
        world.awaitData("app", Map.of("app_k", "v"));
        world.mount.deleteMetadata("folder/app");
        String message = world.awaitEvent("app", "vault read failed").getMessage();
        assertThat(message)
                .isEqualTo("failed to get paths from vault: no value found in path: \"" + world.mount.path("folder/")
                        + "\"");
        assertThat(world.data("app")).isEqualTo(Map.of("app_k", "v"));
        world.awaitReady("app", "False VaultReadFailed");
        world.mount.put("folder/app", Map.of("k", "back"));
        world.awaitData("app", Map.of("app_k", "back"));
        world.awaitReady("app", "True Synced");
    }

    @Test
    void conflictingKeysFailAndThePreviousContentSurvives() {
        world.mount.put("a", Map.of("k", "a"));
        world.mount.put("b", Map.of("other", "b"));
        world.create("app", Map.of("paths", List.of(world.path("a"), world.path("b")), "reconcilePeriod", "1s"));
        world.awaitData("app", Map.of("k", "a", "other", "b"));
        world.mount.put("b", Map.of("k", "b"));
        assertThat(world.awaitEvent("app", "vault read failed").getMessage())
                .isEqualTo("failed to create vault data: override detected: key \"k\" is already used");
        assertThat(world.data("app")).isEqualTo(Map.of("k", "a", "other", "b"));
    }

    @Test
    void anUnknownFormatIsRejected() {
        world.mount.put("app", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("app")), "targetFormat", "XML"));
        assertThat(world.awaitEvent("app", "sync rejected").getMessage()).isEqualTo("invalid target format: \"xml\"");
        assertThat(world.secret("app")).isNull();
        world.awaitReady("app", "False SyncRejected");
    }

    @Test
    void anUnreadablePeriodIsInvalid() {
        world.createReading("app", "app", "10d");
        assertThat(world.awaitEvent("app", "invalid resource").getMessage())
                .isEqualTo("VaultSecret.Spec.ReconcilePeriod is invalid: time: unknown unit \"d\" in duration \"10d\"");
        assertThat(world.secret("app")).isNull();
    }

    @Test
    void withoutALoginPathThereMustBeAToken() {
        world.create("app", Map.of("paths", List.of(world.path("app")), "auth", Map.of()));
        assertThat(world.awaitEvent("app", "invalid resource").getMessage())
                .isEqualTo("default SA auth path from app config is empty");
    }

    @Test
    void whatIsNestedTooDeepIsReportedAndAnEditHelps() {
        Map<String, Object> deep = Map.of("leaf", "x");
        for (int i = 0; i < 600; i++) {
            deep = Map.of("a", deep);
        }
        world.mount.put("deep", deep);
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "deep", "1h");
        assertThat(world.awaitEvent("app", "vault read failed").getMessage()).contains("nested deeper than 100 levels");
        world.edit(
                "app",
                object -> object.setAdditionalProperty(
                        "spec",
                        Map.of(
                                "paths", List.of(world.path("app")),
                                "auth", Map.of("token", world.vault.rootToken()))));
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void whatIsTooLargeForASecretIsReportedAndNobodyElseSuffers() {
        world.mount.put("large", Map.of("k", "x".repeat(900_000)));
        world.mount.put("app", Map.of("k", "v"));
        List<Map<String, String>> paths = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            paths.add(world.path("large", "p" + i + "/"));
            world.mount.put("many/" + i, Map.of("k", "x".repeat(900_000)));
        }
        world.create("same", Map.of("paths", paths));
        world.create("many", Map.of("paths", List.of(world.path("many/*"))));
        assertThat(world.awaitEvent("same", "vault read failed").getMessage()).contains("larger than 4 MiB together");
        assertThat(world.awaitEvent("many", "vault read failed").getMessage()).contains("larger than 4 MiB together");
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void aTinyPeriodIsNoHotLoop() throws IOException {
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1ns");
        world.awaitData("app", Map.of("k", "v"));
        Map<String, String> series = Map.of("namespace", world.namespace, "name", "app", "error", "false");
        double before =
                operator.metrics().value("kw_vop_reconcile_count", series).orElseThrow();
        Instant start = Instant.now();
        await().atMost(World.SOON)
                .until(() -> Duration.between(start, Instant.now()).toSeconds() >= 3);
        double after =
                operator.metrics().value("kw_vop_reconcile_count", series).orElseThrow();
        assertThat(after - before).isBetween(3.0, 40.0);
    }

    @Test
    void deletingTheVaultSecretRemovesTheSecret() {
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
        world.delete("app");
        await().atMost(Duration.ofSeconds(30)).until(() -> world.secret("app") == null);
    }
}
