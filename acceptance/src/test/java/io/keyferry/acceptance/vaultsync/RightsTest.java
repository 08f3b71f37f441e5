package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.PushWorld.Login;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator works with the rights of deploy/install/vaultsync.yaml and the policy of docs/vaultsync.md, and no others. */
@WithWorld
class RightsTest {
    private static final String NAMESPACE = "vault-sync-operator-system";
    private static final String ACCOUNT = "vault-sync-operator-controller-manager";

    private final PushWorld world;

    RightsTest(PushWorld world) {
        this.world = world;
    }

    private void applyRights() throws IOException {
        try (InputStream yaml = Files.newInputStream(Place.root().resolve("deploy/install/vaultsync.yaml"))) {
            world.client
                    .load(yaml)
                    .items()
                    .forEach(
                            item -> world.client.resource(item).forceConflicts().serverSideApply());
        }
    }

    /** The policy of the page, on this world's mount. */
    private String policy(String heading) throws IOException {
        String page = Files.readString(Place.root().resolve("docs/vaultsync.md"));
        int block = page.indexOf("```hcl", page.indexOf(heading));
        assertThat(block).as("policy below " + heading).isPositive();
        return page.substring(page.indexOf('\n', block), page.indexOf("```", block + 3))
                .replace("secret/", world.mount.name() + "/");
    }

    private OperatorProcess start(String policy) {
        Login login =
                PushWorld.login(world.cluster, world.vault, "1h", Map.of("token_no_default_policy", true), policy);
        return OperatorProcess.operator()
                .kubeconfig(world.cluster.kubeconfigFor(world.cluster.tokenOf(NAMESPACE, ACCOUNT)))
                .arguments("--vault-addr=" + world.vault.address(), "--leader-elect")
                .arguments("--leader-election-namespace=" + NAMESPACE)
                .arguments(login.arguments())
                .start();
    }

    private void work(OperatorProcess operator) {
        operator.awaitReady(PushWorld.SOON);
        assertThat(operator.scrape("nobody's")).as("tokens can be reviewed").isEqualTo(401);
        world.secret("db", Map.of("k", "1"));
        world.secret("own", Map.of("k", "1"), Map.of(PATH, world.path("own")));
        world.deployment("app", Map.of(PATH, world.path("app")), "db");
        world.awaitData("app/db", Map.of("k", "1"));
        world.awaitData("own", Map.of("k", "1"));
        PushWorld.awaitSettled(world.deployment("app"));
        PushWorld.awaitSettled(world.secret("own"));
        world.awaitEvent("app", "Synced");
        world.rotate("db", Map.of("k", "2"));
        world.awaitData("app/db", Map.of("k", "2"));
        world.deployment("app").delete();
        world.secret("own").delete();
        PushWorld.awaitThat("gone", () -> world.deployment("app").get() == null);
        PushWorld.awaitThat("gone", () -> world.secret("own").get() == null);
        assertThat(world.data("app/db")).isEmpty();
        assertThat(world.data("own")).isEmpty();
        assertThat(operator.lines())
                .noneMatch(line -> line.contains("\"level\":\"error\"") && line.contains(world.namespace))
                .noneMatch(line -> line.contains("forbidden") || line.contains("cannot tell this cluster"));
    }

    @Test
    void theRightsAndTheSmallestPolicyAreEnough() throws IOException {
        applyRights();
        try (OperatorProcess operator = start(policy("### The smallest policy"))) {
            work(operator);
            assertThat(world.marks("app/db")).isEmpty();
        }
    }

    @Test
    void withMetadataThereAreMarks() throws IOException {
        applyRights();
        try (OperatorProcess operator = start(policy("### The smallest policy") + policy("### Marks of ownership"))) {
            work(operator);
            assertThat(world.marks("app/db")).containsEntry("keyferry-name", "app");
        }
    }
}
