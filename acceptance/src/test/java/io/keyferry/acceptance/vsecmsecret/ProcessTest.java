package io.keyferry.acceptance.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rights, replicas, and what the process says. */
@WithWorld
class ProcessTest {
    private static final String MARKER = "planted-marker-5c1e8";

    private final SafeWorld world;

    ProcessTest(SafeWorld world) {
        this.world = world;
        world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"one\"}");
    }

    private OperatorProcess.Builder elected() {
        return OperatorProcess.operator()
                .environment("SPIFFE_ENDPOINT_SOCKET", world.agent.address())
                .environment("KEYFERRY_VSECM_SHORTEST_INTERVAL", "100ms")
                .environment("POD_NAMESPACE", world.place.namespace())
                .arguments("--dialects=vsecmsecret", "--namespace=" + world.place.namespace());
    }

    /** The ClusterRole of the article, and no other. */
    private void grant() {
        String name = world.place.namespace() + "-vsecm-operator";
        var client = world.cluster.client();
        client.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("vsecm.com")
                        .withResources("vsecmsecrets")
                        .withVerbs("get", "list", "watch")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("secrets")
                        .withVerbs("get", "list", "watch", "create", "update", "patch")
                        .endRule()
                        .build())
                .create();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                        .addNewSubject(null, "ServiceAccount", "vsecm-operator", world.place.namespace())
                        .build())
                .create();
    }

    @Test
    void theArticlesRightsAreEnoughAndWhatIsMissingIsSaidOnce() {
        world.cluster.newServiceAccount(world.place.namespace(), "vsecm-operator");
        grant();
        String token = world.cluster.tokenOf(world.place.namespace(), "vsecm-operator");
        try (OperatorProcess operator =
                elected().kubeconfig(world.cluster.kubeconfigFor(token)).start()) {
            operator.awaitReady(Place.SOON);
            world.create("app", "300ms", "k=k");
            world.create("bad", "300ms", "k=missing");
            world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
            world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"two\"}");
            world.place.awaitData("app", Map.of("k", "two"), Place.SOON);
            world.cluster
                    .client()
                    .secrets()
                    .inNamespace(world.place.namespace())
                    .withName("app")
                    .delete();
            world.place.awaitData("app", Map.of("k", "two"), Place.SOON);
            world.awaitFetches(4);
            for (String missing : List.of("leases", "status of vsecmsecrets", "write events")) {
                assertThat(operator.lines())
                        .filteredOn(line -> line.contains("\"level\":\"warn\"") && line.contains(missing))
                        .as(missing)
                        .hasSize(1);
            }
            assertThat(operator.lines())
                    .noneMatch(line -> line.contains("\"level\":\"error\"") && !line.contains("missing"));
        }
    }

    /** What the manifest grants, to a ServiceAccount of this test. */
    private void grantAsInstalled() throws IOException {
        String namespace = world.place.namespace();
        var client = world.cluster.client();
        try (InputStream yaml = Files.newInputStream(Place.root().resolve("deploy/install/vsecmsecret.yaml"))) {
            for (HasMetadata object : client.load(yaml).items()) {
                if (object instanceof ClusterRole role) {
                    role.getMetadata().setName(namespace + "-installed");
                    client.resource(role).create();
                } else if (object instanceof Role role) {
                    role.getMetadata().setNamespace(namespace);
                    client.resource(role).create();
                }
            }
        }
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(namespace + "-installed")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", namespace + "-installed")
                        .addNewSubject(null, "ServiceAccount", "installed", namespace)
                        .build())
                .create();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("vsecm-operator")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "vsecm-operator")
                        .addNewSubject(null, "ServiceAccount", "installed", namespace)
                        .build())
                .create();
    }

    @Test
    void theManifestsRightsAreEnoughForAll() throws IOException {
        world.cluster.newServiceAccount(world.place.namespace(), "installed");
        grantAsInstalled();
        String token = world.cluster.tokenOf(world.place.namespace(), "installed");
        try (OperatorProcess operator = elected()
                .kubeconfig(world.cluster.kubeconfigFor(token))
                .environment("KEYFERRY_VSECM_DELETION_POLICY", "Delete")
                .start()) {
            operator.awaitLine(line -> line.contains("\"msg\":\"leading: vsecmsecret\""), Place.SOON);
            world.create("app", "300ms", "k=k");
            world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
            world.place.awaitReady("app", "True Synced");
            world.place.awaitEvent("app", "Created");
            world.awaitMark("app");
            world.place.delete("app");
            // The garbage collector learns of new kinds every 30 s.
            await().atMost(Duration.ofSeconds(90)).until(() -> world.place.secret("app") == null);
            assertThat(operator.lines()).allMatch(line -> line.startsWith("{"));
            assertThat(operator.lines()).noneMatch(line -> line.contains("\"level\":\"warn\""));
        }
    }

    @Test
    void whenTheLeaderDiesTheOtherGoesOnAndNeverBothWrite() throws IOException {
        world.create("app", "300ms", "k=k");
        try (OperatorProcess first =
                elected().kubeconfig(world.cluster.kubeconfig()).start()) {
            first.awaitLine(line -> line.contains("\"msg\":\"leading: vsecmsecret\""), Place.SOON);
            world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
            try (OperatorProcess second =
                    elected().kubeconfig(world.cluster.kubeconfig()).start()) {
                second.awaitReady(Place.SOON);
                assertThat(second.metrics().sum("keyferry_vsecm_svid_seconds_left", Map.of()))
                        .isPositive();
                assertThat(second.lines()).noneMatch(line -> line.contains("leading"));
                first.kill();
                world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"two\"}");
                world.place.awaitData("app", Map.of("k", "two"), Duration.ofSeconds(20));
                assertThat(second.lines()).anyMatch(line -> line.contains("\"msg\":\"leading: vsecmsecret\""));
            }
        }
    }

    @Test
    void noValueIsInAnythingTheProcessSays() throws IOException {
        world.safe.put(
                SafeWorld.OPERATOR,
                "{\"k\":\"%s\",\"label\":\"%s!\",\"deep\":{\"x\":\"%s\"}}".formatted(MARKER, MARKER, MARKER));
        world.create("good", "300ms", "k=k");
        world.create("bad", "300ms", "k=k.further", "l=deep.y");
        Map<String, Object> label = world.spec("label", "300ms", "k=k");
        label.put("labels", SafeWorld.items("l=label"));
        world.place.create("label", label);
        try (OperatorProcess operator =
                world.operator().arguments("--log-level=debug").start()) {
            world.place.awaitReady("good", "True Synced");
            world.place.awaitReady("bad", "False RefNotFound");
            world.place.awaitReady("label", "False InvalidMetadataValue");
            world.safe.answer(200, "{\"data\":\"" + MARKER);
            world.place.awaitReady("good", "False Malformed");
            world.safe.answer(500, MARKER);
            world.place.awaitReady("good", "False NotReady");
            world.safe.heal();
            world.place.awaitReady("good", "True Synced");
            String metrics = operator.metrics().values().toString();
            assertThat(operator.metrics()
                            .sum("keyferry_vsecm_refreshes_total", Map.of("result", "failure", "reason", "Malformed")))
                    .isPositive();
            assertThat(operator.metrics().sum("keyferry_vsecm_last_success_timestamp_seconds", Map.of("name", "good")))
                    .isPositive();
            operator.terminate();
            assertThat(operator.awaitExit(Place.SOON)).isZero();
            String said = String.join("\n", operator.lines())
                    + Serialization.asJson(world.place.events("good"))
                    + Serialization.asJson(world.place.events("bad"))
                    + Serialization.asJson(world.place.events("label"))
                    + world.place.object("good").get("status")
                    + world.place.object("bad").get("status")
                    + world.place.object("label").get("status")
                    + metrics;
            assertThat(said).contains("RefNotFound");
            String encoded = Base64.getEncoder().encodeToString(MARKER.getBytes(StandardCharsets.UTF_8));
            assertThat(said).doesNotContain(MARKER, encoded.substring(0, encoded.length() - 4));
        }
    }

    @Test
    void wrongSettingsEndTheStartInOneLineThatNamesThem() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "KEYFERRY_VSECM_TENANCY",
                        "maybe",
                        "KEYFERRY_VSECM_SHORTEST_INTERVAL",
                        "soon",
                        "SPIFFE_ENDPOINT_SOCKET",
                        "/run/agent.sock",
                        "KEYFERRY_VSECM_ALLOWED_URLS",
                        "http://plain")
                .entrySet()) {
            try (OperatorProcess operator = world.operator()
                    .environment(wrong.getKey(), wrong.getValue())
                    .start()) {
                assertThat(operator.awaitExit(Place.SOON)).isEqualTo(1);
                assertThat(operator.lines()).hasSize(1).allMatch(line -> line.contains(wrong.getKey()));
            }
        }
    }

    @Test
    void aSafeThatIsDownLeavesTheProcessAliveAndReady() {
        world.safe.close();
        world.create("app", "300ms", "k=k");
        try (OperatorProcess operator = world.start()) {
            world.place.awaitReady("app", "Unknown NotReady");
            assertThat(operator.health("/healthz")).isEqualTo(200);
            assertThat(operator.health("/readyz")).isEqualTo(200);
            await().during(Duration.ofMillis(300)).until(() -> operator.isAlive());
        }
    }
}
