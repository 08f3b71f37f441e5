package io.keyferry.acceptance.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.KubernetesAuth;
import io.keyferry.testkit.OperatorProcess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator works with exactly what the chart grants: by the API server's own record it is refused nothing, and does all
 * that it is granted. So no verb can be taken away without taking away one of the things that are done here.
 */
@WithWorld
class GrantedRightsTest {
    private static final String EVERYWHERE = "everywhere";
    private static final String ONE_NAMESPACE = "one namespace";

    /** The API server looks at this itself when an owner is set that blocks deletion. */
    private static final String TO_OWN = "update vaultsecrets/finalizers";

    /** The API server looks at this itself when what is applied is not there. */
    private static final String TO_CREATE_BY_APPLYING = "create secrets";

    /** Some dialects read a Secret again only after another has written it at the same moment, which may happen here or not. */
    private static final String AFTER_A_RACE = "get secrets";

    private static void assertNothingRefused(Release release) {
        assertThat(release.refused()).as("what was asked for and not granted").isEmpty();
    }

    private static void assertAllDone(Release release, String... unused) {
        Set<String> notDone = new TreeSet<>(release.granted());
        notDone.removeAll(release.done());
        notDone.remove(AFTER_A_RACE);
        assertThat(notDone).as("what was granted and not done").containsExactlyInAnyOrder(unused);
    }

    private static void awaitRepeatedEvent(Supplier<List<Event>> events) {
        PushWorld.awaitThat(
                "an event is counted up", () -> events.get().stream().anyMatch(event -> event.getCount() > 1));
    }

    private static void stop(OperatorProcess operator) {
        operator.terminate();
        assertThat(operator.awaitExit(Place.SOON)).isZero();
    }

    /** Values for one dialect, and more. */
    private static String[] only(String dialect, String... more) {
        return Stream.concat(
                        Stream.of("dialects.%s.enabled=true".formatted(dialect), "vsecmsecret.spiffeId.create=false"),
                        Stream.of(more))
                .map("--set="::concat)
                .toArray(String[]::new);
    }

    /** @param where {@link #EVERYWHERE}, or anything else for the one namespace */
    private static String watched(String where, String namespace) {
        return where.equals(EVERYWHERE) ? "watchNamespaces=null" : "watchNamespaces={%s}".formatted(namespace);
    }

    @ParameterizedTest
    @ValueSource(strings = {EVERYWHERE, ONE_NAMESPACE})
    void vaultSecrets(String where, World world) {
        String[] values =
                only("vaultsecret", "vault.address=" + world.vault.address(), watched(where, world.namespace));
        KubernetesAuth auth = world.vault.enableKubernetesAuth(world.cluster);
        auth.writeRole(
                "reader", world.namespace, "reader", "1h", world.vault.newPolicy("""
                path "%s/*" { capabilities = ["read", "list"] }
                """.formatted(world.mount.name())));
        world.cluster.newServiceAccount(world.namespace, "reader");
        PushWorld.in(world).secret("credentials", Map.of("token", world.vault.rootToken()));
        world.mount.put("app", Map.of("k", "one"));
        try (Release release = Release.install(world.cluster, world.namespace, values)) {
            try (OperatorProcess operator = release.operator().start()) {
                operator.awaitReady(World.SOON);
                createReading(world, "token", Map.of("tokenSecretRef", Map.of("name", "credentials")));
                Map<String, String> account = Map.of("name", "reader", "role", "reader", "authPath", auth.loginPath());
                createReading(world, "account", Map.of("serviceAccountRef", account));
                for (String value : List.of("one", "two", "three")) {
                    world.mount.put("app", Map.of("k", value));
                    world.awaitData("token", Map.of("k", value));
                    world.awaitData("account", Map.of("k", value));
                }
                world.awaitReady("token", "True Synced");
                assertNothingRefused(release);
                release.revoke("update", "vaultsecrets/finalizers");
                world.createReading("late", "app", "200ms");
                world.awaitReady("late", "False TargetFailed");
                release.restore();
                world.awaitReady("late", "True Synced");
                awaitRepeatedEvent(() -> world.events("token"));
                stop(operator);
            }
            assertAllDone(release, TO_OWN);
        }
    }

    private static void createReading(World world, String name, Map<String, ?> auth) {
        world.create(name, Map.of("paths", List.of(world.path("app")), "reconcilePeriod", "200ms", "auth", auth));
    }

    @ParameterizedTest
    @ValueSource(strings = {EVERYWHERE, ONE_NAMESPACE})
    void syncedSecrets(String where, AwsWorld world) {
        String secret = world.aws.newName();
        world.aws.create(secret, "{\"k\":\"one\"}");
        try (Release release = Release.install(
                world.cluster,
                world.place.namespace(),
                only("syncedsecret", "config.POLL_INTERVAL_SEC=1", watched(where, world.place.namespace())))) {
            OperatorProcess.Builder builder = release.operator();
            world.aws.environment().forEach(builder::environment);
            try (OperatorProcess operator = builder.start()) {
                operator.awaitReady(Place.SOON);
                world.place.create("app", AwsWorld.dataFrom(secret));
                world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
                for (String value : List.of("two", "three")) {
                    world.aws.put(secret, "{\"k\":\"%s\"}".formatted(value));
                    world.place.awaitData("app", Map.of("k", value), Place.SOON);
                }
                world.place.awaitReady("app", "True Synced");
                PushWorld.awaitThat(
                        "an event counted up",
                        () -> world.place.events("app").stream().anyMatch(event -> event.getCount() > 1));
                assertNothingRefused(release);
                stop(operator);
            }
            assertAllDone(release);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {EVERYWHERE, ONE_NAMESPACE})
    void vsecmSecrets(String where, SafeWorld world) {
        world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"one\"}");
        try (Release release = Release.install(
                world.cluster,
                world.place.namespace(),
                only("vsecmsecret", "vsecmsecret.allowDelete=true", watched(where, world.place.namespace())))) {
            try (OperatorProcess operator = release.operator()
                    .environment("SPIFFE_ENDPOINT_SOCKET", world.agent.address())
                    .environment("KEYFERRY_VSECM_SHORTEST_INTERVAL", "100ms")
                    .start()) {
                operator.awaitReady(Place.SOON);
                world.create("app", "200ms", "k=k");
                world.place.edit(
                        "app",
                        object -> object.getMetadata().setAnnotations(Map.of("vsecm.com/deletion-policy", "Delete")));
                world.place.awaitData("app", Map.of("k", "one"), Place.SOON);
                world.awaitMark("app");
                for (String value : List.of("two", "three")) {
                    world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"%s\"}".formatted(value));
                    world.place.awaitData("app", Map.of("k", value), Place.SOON);
                }
                world.awaitCondition("app", "Ready", "True Synced");
                PushWorld.awaitThat(
                        "an event counted up",
                        () -> world.place.events("app").stream().anyMatch(event -> event.getCount() > 1));
                assertNothingRefused(release);
                release.revoke("create", "secrets");
                world.create("late", "200ms", "k=k");
                world.awaitCondition("late", "Ready", "False TargetFailed");
                release.restore();
                world.awaitCondition("late", "Ready", "True Synced");
                deleteSeveral(world);
                PushWorld.awaitThat(
                        "the operator deletes Secrets", () -> release.done().contains("delete secrets"));
                stop(operator);
            }
            assertAllDone(release, TO_CREATE_BY_APPLYING);
        }
    }

    /** The garbage collector is after them as well, and may come first now and then. */
    private static void deleteSeveral(SafeWorld world) {
        List<String> names = List.of("a", "b", "c", "d", "e", "f");
        for (String name : names) {
            world.create(name, "1h", "k=k");
            world.place.edit(
                    name, object -> object.getMetadata().setAnnotations(Map.of("vsecm.com/deletion-policy", "Delete")));
        }
        names.forEach(world::awaitMark);
        names.forEach(world.place::delete);
        PushWorld.awaitThat(
                "the Secrets are gone", () -> names.stream().allMatch(name -> world.place.secret(name) == null));
    }

    @ParameterizedTest
    @ValueSource(strings = {EVERYWHERE, ONE_NAMESPACE})
    void annotatedObjects(String where, PushWorld world) {
        PushWorld.Login login = PushWorld.login(world.cluster, world.vault);
        try (Release release = Release.install(
                world.cluster,
                world.namespace,
                only("vaultsync", "vault.address=" + world.vault.address(), watched(where, world.namespace)))) {
            try (OperatorProcess operator =
                    release.operator().arguments(login.arguments()).start()) {
                operator.awaitReady(Place.SOON);
                assertThat(operator.scrape("nobody's")).isEqualTo(401);
                assertThat(operator.scrape(world.cluster.tokenOf(world.namespace, release.serviceAccount())))
                        .isEqualTo(403);
                world.secret("db", Map.of("k", "one"));
                world.secret("own", Map.of("k", "one"), Map.of(PushWorld.PATH, world.path("own")));
                world.deployment("app", Map.of(PushWorld.PATH, world.path("app")), "db");
                for (String value : List.of("one", "two", "three")) {
                    world.rotate("db", Map.of("k", value));
                    world.awaitData("app/db", Map.of("k", value));
                }
                world.awaitData("own", Map.of("k", "one"));
                PushWorld.awaitSettled(world.deployment("app"));
                PushWorld.awaitSettled(world.secret("own"));
                PushWorld.awaitThat(
                        "an event counted up",
                        () -> world.events("app").stream().anyMatch(event -> event.getCount() > 1));
                assertNothingRefused(release);
                stop(operator);
            }
            assertAllDone(release);
        }
    }
}
