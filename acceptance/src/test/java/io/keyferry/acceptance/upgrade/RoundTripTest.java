package io.keyferry.acceptance.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * An original leaves its state, Keyferry works on it, and the original comes back: it finds nothing that it does not know, and
 * all that it needs. The original is played by what its specification says it writes.
 */
@WithWorld
class RoundTripTest {
    private static OperatorProcess leading(OperatorProcess.Builder operator, String namespace) {
        OperatorProcess process = operator.arguments("--leader-elect", "--leader-election-namespace=" + namespace)
                .start();
        process.awaitLine(line -> line.contains("\"msg\":\"leading: "), Place.SOON);
        return process;
    }

    private static void end(OperatorProcess operator) {
        operator.terminate();
        assertThat(operator.awaitExit(Place.SOON)).isZero();
    }

    /** Whoever comes next need not wait. */
    private static void assertLeaseIsFree(Cluster cluster, String namespace, String name) {
        String holder = cluster.client()
                .leases()
                .inNamespace(namespace)
                .withName(name)
                .require()
                .getSpec()
                .getHolderIdentity();
        assertThat(holder == null ? "" : holder).isEmpty();
    }

    private static void assertNothingHoldsIt(HasMetadata object) {
        assertThat(object.getMetadata().getFinalizers()).isEmpty();
    }

    /** The original replaces a Secret whole, with what it makes of the object. */
    private static void replace(Cluster cluster, Secret like, Map<String, String> data) {
        ObjectMeta metadata = like.getMetadata();
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withLabels(metadata.getLabels())
                        .withAnnotations(metadata.getAnnotations())
                        .withOwnerReferences(metadata.getOwnerReferences())
                        .endMetadata()
                        .withType("Opaque")
                        .withStringData(data)
                        .build())
                .update();
    }

    private static String version(Secret secret) {
        return secret.getMetadata().getResourceVersion();
    }

    @Test
    void vaultSecrets(World world) {
        world.mount.put("app", Map.of("k", "one"));
        world.createReading("app", "app", "1s");
        OwnerReference owner = new OwnerReferenceBuilder()
                .withApiVersion("k8s.kiwi.com/v1")
                .withKind("VaultSecret")
                .withName("app")
                .withUid(world.vaultSecret("app").getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
        Secret old = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(world.namespace)
                .withName("app")
                .withLabels(Map.of("managed-by", "vault-secret-operator", "owner", "app"))
                .withOwnerReferences(owner)
                .endMetadata()
                .withType("Opaque")
                .withStringData(Map.of("k", "one"))
                .build();
        world.client.resource(old).create();
        try (OperatorProcess operator = leading(world.operator(), world.namespace)) {
            world.awaitReady("app", "True Synced");
            world.mount.put("app", Map.of("k", "two"));
            world.awaitData("app", Map.of("k", "two"));
            end(operator);
        }
        assertLeaseIsFree(world.cluster, world.namespace, "7efd0e49.k8s.kiwi.com");
        Secret left = world.requireSecret("app");
        assertThat(left.getMetadata().getLabels()).isEqualTo(old.getMetadata().getLabels());
        assertThat(left.getMetadata().getOwnerReferences()).containsExactly(owner);
        assertThat(left.getMetadata().getAnnotations().keySet()).containsExactly("k8s-vault-operator/vault-ui-urls");
        assertThat(left.getType()).isEqualTo("Opaque");
        assertThat(left.getImmutable()).isNull();
        assertNothingHoldsIt(left);
        assertNothingHoldsIt(world.vaultSecret("app"));
        assertThat(world.vaultSecret("app").getMetadata().getAnnotations()).isNullOrEmpty();

        world.mount.put("app", Map.of("k", "three"));
        replace(world.cluster, left, Map.of("k", "three"));
        String version = version(world.requireSecret("app"));
        try (OperatorProcess operator = leading(world.operator(), world.namespace)) {
            world.createReading("marker", "app", "1s");
            world.awaitData("marker", Map.of("k", "three"));
            world.awaitReady("app", "True Synced");
            end(operator);
        }
        assertThat(version(world.requireSecret("app"))).isEqualTo(version);
    }

    @Test
    void syncedSecrets(AwsWorld world) {
        String secret = world.aws.newName();
        world.aws.create(secret, "{\"k\":\"one\"}");
        world.place.create("app", AwsWorld.dataFrom(secret));
        try (OperatorProcess operator = leading(world.operator(), world.place.namespace())) {
            world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
            world.place.awaitReady("app", "True Synced");
            end(operator);
        }
        assertLeaseIsFree(world.cluster, world.place.namespace(), "5a48bfe8.contentful.com");
        Secret left = world.place.requireSecret("app");
        assertThat(left.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(left.getMetadata().getLabels()).isNullOrEmpty();
        assertThat(left.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(left.getType()).isEqualTo("Opaque");
        assertNothingHoldsIt(left);
        assertNothingHoldsIt(world.place.object("app"));
        assertThat(world.place.object("app").getMetadata().getAnnotations()).isNullOrEmpty();

        replace(world.cluster, left, Map.of("k", "one"));
        String version = version(world.place.requireSecret("app"));
        try (OperatorProcess operator = leading(world.operator(), world.place.namespace())) {
            world.place.create("marker", AwsWorld.dataFrom(secret));
            world.place.awaitData("marker", Map.of("k", "one"), Place.SOON);
            world.place.awaitReady("app", "True Synced");
            end(operator);
        }
        assertThat(version(world.place.requireSecret("app"))).isEqualTo(version);
    }

    @Test
    void vsecmSecrets(SafeWorld world) {
        world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"one\"}");
        world.create("app", "1s", "k=k");
        Secret old = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(world.place.namespace())
                .withName("app")
                .endMetadata()
                .withType("Opaque")
                .withStringData(Map.of("k", "zero"))
                .build();
        world.cluster.client().resource(old).create();
        try (OperatorProcess operator = leading(world.operator(), world.place.namespace())) {
            world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
            world.place.awaitReady("app", "True Synced");
            end(operator);
        }
        Secret left = world.place.requireSecret("app");
        assertThat(left.getMetadata().getOwnerReferences()).isEmpty();
        assertNothingHoldsIt(left);
        assertNothingHoldsIt(world.place.object("app"));
        replace(world.cluster, left, Map.of("k", "one"));
        assertThat(world.place.data("app")).isEqualTo(Map.of("k", "one"));
        String version = version(world.place.requireSecret("app"));
        try (OperatorProcess operator = leading(world.operator(), world.place.namespace())) {
            world.create("marker", "1s", "k=k");
            world.place.awaitData("marker", Map.of("k", "one"), Place.SOON);
            world.place.awaitReady("app", "True Synced");
            end(operator);
        }
        assertThat(world.place.data("app")).isEqualTo(Map.of("k", "one"));
        assertThat(version(world.place.requireSecret("app"))).isEqualTo(version);
    }

    @Test
    void annotatedObjects(PushWorld world) {
        PushWorld.Login login = PushWorld.login(world.cluster, world.vault);
        world.secret("source", Map.of("k", "one"));
        world.deployment("app", Map.of(PushWorld.PATH, world.path("app")), "source");
        // What the original has written, and noted: its finalizer, and the versions of what it wrote.
        world.mount.put("app/source", Map.of("k", "one"));
        String noted = "{\"source\":\"%s\"}"
                .formatted(world.secret("source").get().getMetadata().getResourceVersion());
        PushWorld.edit(world.deployment("app"), object -> {
            object.getMetadata().setFinalizers(List.of(PushWorld.FINALIZER));
            Map<String, String> annotations = new TreeMap<>(object.getMetadata().getAnnotations());
            annotations.put(PushWorld.VERSIONS, noted);
            object.getMetadata().setAnnotations(annotations);
        });
        int versions = world.versions("app/source");
        try (OperatorProcess operator = leading(world.operator(login), world.namespace)) {
            PushWorld.awaitThat("it is marked", () -> world.marks("app/source").containsKey("keyferry-uid"));
            PushWorld.awaitSettled(world.deployment("app"));
            assertThat(world.versions("app/source")).isEqualTo(versions);
            world.rotate("source", Map.of("k", "two"));
            world.awaitData("app/source", Map.of("k", "two"));
            PushWorld.awaitSettled(world.deployment("app"));
            end(operator);
        }
        assertLeaseIsFree(world.cluster, world.namespace, "vault-sync-operator.io");
        ObjectMeta left = world.deployment("app").get().getMetadata();
        assertThat(left.getFinalizers()).containsExactly(PushWorld.FINALIZER);
        assertThat(left.getAnnotations())
                .containsEntry(
                        PushWorld.VERSIONS,
                        "{\"source\":\"%s\"}"
                                .formatted(world.secret("source")
                                        .get()
                                        .getMetadata()
                                        .getResourceVersion()));
        assertThat(world.data("app/source")).isEqualTo(Map.of("k", "two"));
        // The original writes without looking at marks, which stay, and goes on from what is noted.
        world.mount.put("app/source", Map.of("k", "two"));
        assertThat(world.marks("app/source")).containsKey("keyferry-uid");
    }
}
