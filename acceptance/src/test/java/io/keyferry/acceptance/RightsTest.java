package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator works with the rights that its original needs, and no others. */
@WithWorld
class RightsTest {
    private static final String LEASE = "7efd0e49.k8s.kiwi.com";

    private static PolicyRule rule(String group, String resource, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verbs)
                .build();
    }

    private static void grantTheOriginals(World world, String account) {
        grantAllButLeases(world, account);
        grantLeases(world, account, "get", "create", "update");
    }

    private static void grantAllButLeases(World world, String account) {
        grant(
                world,
                account,
                "work",
                rule("k8s.kiwi.com", "vaultsecrets", "get", "list", "watch"),
                rule("k8s.kiwi.com", "vaultsecrets/status", "get", "update", "patch"),
                rule("k8s.kiwi.com", "vaultsecrets/finalizers", "update"),
                rule("", "secrets", "get", "list", "watch", "create", "update"),
                rule("", "serviceaccounts/token", "create"),
                rule("", "events", "create", "patch"));
    }

    private static void grantLeases(World world, String account, String... verbs) {
        grant(world, account, "leases-" + verbs.length, rule("coordination.k8s.io", "leases", verbs));
    }

    private static void grant(World world, String account, String role, PolicyRule... rules) {
        String name = world.namespace + "-" + account + "-" + role;
        world.client
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withRules(rules)
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

    private static OperatorProcess.Builder operator(World world, String account) {
        return OperatorProcess.operator()
                .kubeconfig(world.cluster.kubeconfigFor(world.cluster.tokenOf(world.namespace, account)))
                .environment("VAULT_ADDR", world.vault.address())
                .environment("POD_NAMESPACE", world.namespace);
    }

    @Test
    void theOriginalsRightsAreEnough(World world, Cluster cluster) {
        world.mount.put("app", Map.of("k", "one"));
        cluster.newServiceAccount(world.namespace, "operator");
        grantTheOriginals(world, "operator");
        try (OperatorProcess operator = operator(world, "operator").start()) {
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

    private static void awaitMissing(OperatorProcess operator, String namespace) {
        await("what is missing")
                .atMost(World.SOON)
                .until(() ->
                        operator.body("/readyz").equals("waiting for: a holder of lease " + namespace + "/" + LEASE));
    }

    /** It would do nothing, so that nobody may count on it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "get", "get create", "get update"})
    void whoMayNotKeepItsLeaseIsNotReadyUntilItMay(String granted, World world, Cluster cluster) throws IOException {
        world.mount.put("app", Map.of("k", "one"));
        cluster.newServiceAccount(world.namespace, "operator");
        grantAllButLeases(world, "operator");
        if (!granted.isEmpty()) {
            grantLeases(world, "operator", granted.split(" "));
        }
        try (OperatorProcess operator = operator(world, "operator")
                .arguments("--namespace=" + world.namespace)
                .start()) {
            awaitMissing(operator, world.namespace);
            awaitAttempts(operator);
            assertThat(operator.health("/readyz")).isEqualTo(503);
            assertThat(operator.health("/healthz")).isEqualTo(200);
            assertThat(operator.lines())
                    .filteredOn(line -> !line.contains("\"level\":\"info\""))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("waiting: lease " + world.namespace + "/" + LEASE + " cannot be had: ")
                    .contains("leases.coordination.k8s.io")
                    .contains("grant get, create and update on leases in namespace " + world.namespace);
            grantLeases(world, "operator", "get", "create", "update");
            operator.awaitReady(World.SOON);
            world.createReading("app", "app", "1s");
            world.awaitData("app", Map.of("k", "one"));
        }
    }

    /** An operator without a lease asks for nothing else. */
    private static void awaitAttempts(OperatorProcess operator) throws IOException {
        double before = requests(operator);
        await("more attempts").atMost(World.SOON).until(() -> requests(operator) >= before + 6);
    }

    private static double requests(OperatorProcess operator) throws IOException {
        return operator.metrics().sum("rest_client_requests_total", Map.of());
    }

    @Test
    void aNamespaceThatIsNotThereIsTold(World world) throws IOException {
        try (OperatorProcess operator = World.operator(world.cluster, world.vault)
                .arguments("--namespace=" + world.namespace, "--leader-elect", "--leader-election-namespace=no-such")
                .start()) {
            operator.awaitLine(
                    line -> line.contains("waiting: lease no-such/" + LEASE + " cannot be had")
                            && line.contains("name a namespace that exists with --leader-election-namespace"),
                    World.SOON);
            awaitMissing(operator, "no-such");
            awaitAttempts(operator);
            assertThat(operator.lines())
                    .filteredOn(line -> !line.contains("\"level\":\"info\""))
                    .hasSize(1);
        }
    }
}
