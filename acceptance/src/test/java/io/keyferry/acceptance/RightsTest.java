package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator works with the rights that its original needs, and no others. */
@WithWorld
class RightsTest {
    private static void grant(World world, String account) {
        String name = world.namespace + "-" + account;
        world.client
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("k8s.kiwi.com")
                        .withResources("vaultsecrets")
                        .withVerbs("get", "list", "watch")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("k8s.kiwi.com")
                        .withResources("vaultsecrets/status")
                        .withVerbs("get", "update", "patch")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("k8s.kiwi.com")
                        .withResources("vaultsecrets/finalizers")
                        .withVerbs("update")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("secrets")
                        .withVerbs("get", "list", "watch", "create", "update")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("serviceaccounts/token")
                        .withVerbs("create")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("events")
                        .withVerbs("create", "patch")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("coordination.k8s.io")
                        .withResources("leases")
                        .withVerbs("get", "create", "update", "patch")
                        .endRule()
                        .build())
                .create();
        world.client
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                        .addNewSubject(null, "ServiceAccount", account, world.namespace)
                        .build())
                .create();
    }

    @Test
    void theOriginalsRightsAreEnough(World world, Cluster cluster, Vault vault) {
        world.mount.put("app", Map.of("k", "one"));
        cluster.newServiceAccount(world.namespace, "operator");
        grant(world, "operator");
        try (OperatorProcess operator = OperatorProcess.operator()
                .kubeconfig(cluster.kubeconfigFor(cluster.tokenOf(world.namespace, "operator")))
                .environment("VAULT_ADDR", vault.address())
                .environment("POD_NAMESPACE", world.namespace)
                .start()) {
            operator.awaitReady(World.SOON);
            world.createReading("app", "app", "1s");
            world.awaitData("app", Map.of("k", "one"));
            world.awaitReady("app", "True Synced");
            world.awaitEvent("app", "created");
            world.mount.put("app", Map.of("k", "two", "more", "m"));
            world.awaitData("app", Map.of("k", "two", "more", "m"));
            world.mount.put("app", Map.of("k", "three"));
            world.awaitData("app", Map.of("k", "three"));
            world.awaitEvent("app", "updated");
            assertThat(operator.lines())
                    .noneMatch(line -> line.contains("\"level\":\"error\"") && line.contains(world.namespace));
        }
    }
}
