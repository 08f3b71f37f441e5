package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Custom resource definitions that come, go, and come back while the operator runs; in a cluster of its own. */
@WithWorld
class DefinitionsTest {
    private static final String VAULT_SECRETS = "deploy/crds/vaultsecrets.yaml";
    private static final String SYNCED_SECRETS = "deploy/crds/syncedsecrets.yaml";

    private static Cluster withOneDefinition() {
        Cluster cluster = Cluster.start();
        cluster.applyCrds(World.root().resolve(SYNCED_SECRETS));
        return cluster;
    }

    private static OperatorProcess start(Cluster cluster, Vault vault, Aws aws, String dialects) {
        return AwsWorld.operator(cluster, aws)
                .environment("VAULT_ADDR", vault.address())
                .arguments("--dialects=" + dialects)
                .start();
    }

    private static void awaitSynced(World world, String name) {
        world.mount.put(name, Map.of("k", name));
        world.createReading(name, name, "1s");
        world.awaitData(name, Map.of("k", name));
    }

    private static void remove(KubernetesClient client, String name) {
        client.apiextensions().v1().customResourceDefinitions().withName(name).delete();
        await().atMost(World.SOON)
                .until(() -> client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName(name)
                                .get()
                        == null);
    }

    @Test
    void aDialectStartsWhenItsDefinitionIsInstalledRestsWithoutItAndGoesOnWhenItIsBack(Vault vault, Aws aws) {
        try (Cluster cluster = withOneDefinition();
                OperatorProcess operator = start(cluster, vault, aws, "vaultsecret,syncedsecret")) {
            operator.awaitLine(line -> line.contains("not installed: vaultsecrets.k8s.kiwi.com"), World.SOON);
            operator.awaitLine(line -> line.contains("leading: syncedsecret"), World.SOON);
            assertThat(operator.health("/readyz")).isEqualTo(503);
            cluster.applyCrds(World.root().resolve(VAULT_SECRETS));
            operator.awaitReady(World.SOON);
            try (World world = new World(cluster, vault)) {
                awaitSynced(world, "app");

                remove(cluster.client(), "vaultsecrets.k8s.kiwi.com");
                cluster.applyCrds(World.root().resolve(VAULT_SECRETS));
                awaitSynced(world, "again");
            }
        }
    }

    @Test
    void aDialectThatNobodyNamedStartsWhenItsDefinitionComesLater(Vault vault, Aws aws) {
        try (Cluster cluster = withOneDefinition();
                OperatorProcess operator = start(cluster, vault, aws, "auto")) {
            operator.awaitReady(World.SOON);
            operator.awaitLine(line -> line.contains("dialects: [syncedsecret]"), World.SOON);
            cluster.applyCrds(World.root().resolve(VAULT_SECRETS));
            operator.awaitLine(line -> line.contains("dialect vaultsecret starts"), World.SOON);
            try (World world = new World(cluster, vault)) {
                awaitSynced(world, "app");
            }
        }
    }
}
