package io.keyferry.acceptance.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What changes in AWS or in the cluster is noticed, what does not change costs nothing but listings. */
@WithWorld
class ChangesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AwsWorld world;
    private final String secret;
    private final String arn;

    ChangesTest(AwsWorld world) {
        this.world = world;
        secret = world.aws.newName();
        arn = world.aws.create(secret, "{\"k\":\"v\"}");
    }

    private OperatorProcess start() {
        OperatorProcess operator = world.operator().start();
        operator.awaitReady(Place.SOON);
        return operator;
    }

    private long valueCalls() {
        return world.aws.calls("GetSecretValue") + world.aws.calls("BatchGetSecretValue");
    }

    private void awaitListings(long more) {
        long before = world.aws.calls("ListSecrets");
        await("listings").atMost(PATIENCE).until(() -> world.aws.calls("ListSecrets") >= before + more);
    }

    @Test
    void aSecretThatWasListedAndIsMadeAnewUnderItsNameIsReadBeforeItIsListedAgain() {
        try (OperatorProcess operator =
                world.operator().environment("POLL_INTERVAL_SEC", "3600").start()) {
            operator.awaitReady(Place.SOON);
            world.aws.destroy(secret);
            assertThat(world.aws.create(secret, "{\"k\":\"w\"}")).isNotEqualTo(arn);
            world.place.create("app", AwsWorld.dataFrom(secret));
            world.place.awaitData("app", Map.of("k", "w"), PATIENCE);
        }
    }

    @Test
    void whatDoesNotChangeCostsListingsAlone() {
        world.place.create("by-name", AwsWorld.dataFrom(secret));
        world.place.create("by-arn", AwsWorld.dataFrom(arn));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("by-name", "True Synced");
            world.place.awaitReady("by-arn", "True Synced");
            assertThat(valueCalls()).isEqualTo(1);
            awaitListings(2);
            world.aws.proxy().forget();
            awaitListings(10);
            assertThat(world.aws.actions()).containsOnly("ListSecrets");
        }
    }

    @Test
    void aChangeIsReadOnceForAllWhoUseIt() {
        world.place.create("one", AwsWorld.dataFrom(secret));
        world.place.create("two", AwsWorld.dataFrom(arn));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("one", "True Synced");
            world.place.awaitReady("two", "True Synced");
            awaitListings(2);
            world.aws.proxy().forget();
            world.aws.put(secret, "{\"k\":\"w\"}");
            world.place.awaitData("one", Map.of("k", "w"), PATIENCE);
            world.place.awaitData("two", Map.of("k", "w"), PATIENCE);
            awaitListings(2);
            assertThat(valueCalls()).isEqualTo(1);
        }
    }

    @Test
    void aListingThatFailsChangesNothing() {
        world.place.create("app", AwsWorld.dataFrom(secret));
        world.place.create("rendered", AwsWorld.template("k", "{{ len .Secrets | lt 0 }}"));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("app", "True Synced");
            world.place.awaitReady("rendered", "True Synced");
            awaitListings(2);
            world.aws.proxy().forget();
            world.aws.proxy().inject(request -> request.action().equals("ListSecrets"), Fault.status(400), 10_000);
            await("failing listings").atMost(PATIENCE).until(() -> world.aws.calls("ListSecrets") >= 3);
            assertThat(world.place.ready("app")).isEqualTo("True Synced");
            assertThat(world.place.ready("rendered")).isEqualTo("True Synced");
            assertThat(world.place.data("app")).isEqualTo(Map.of("k", "v"));
            assertThat(valueCalls()).isZero();
            world.aws.proxy().heal();
            world.aws.put(secret, "{\"k\":\"w\"}");
            world.place.awaitData("app", Map.of("k", "w"), PATIENCE);
        }
    }

    @Test
    void anOperatorWhoseFirstListingFailsEndsWithExitCode1() {
        world.aws.proxy().inject(request -> request.action().equals("ListSecrets"), Fault.status(400), 10_000);
        try (OperatorProcess operator = world.operator().start()) {
            assertThat(operator.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(operator.lines()).anyMatch(line -> line.contains("listing secrets"));
        }
    }

    @Test
    void aSecretThatIsScheduledForDeletionLeavesTheKubernetesSecret() {
        world.place.create("app", AwsWorld.dataFrom(secret));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("app", "True Synced");
            world.aws.delete(secret);
            world.place.awaitReady("app", "False SecretMissing");
            assertThat(world.place.data("app")).isEqualTo(Map.of("k", "v"));
            world.aws.restore(secret);
            world.place.awaitReady("app", "True Synced");
        }
    }

    @Test
    void aSecretThatDidNotExistIsSyncedWhenItDoes() {
        String later = world.aws.newName();
        world.place.create("app", AwsWorld.dataFrom(later));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("app", "False SecretMissing");
            world.aws.create(later, "{\"k\":\"new\"}");
            world.place.awaitData("app", Map.of("k", "new"), PATIENCE);
        }
    }

    @Test
    void aSecretThatSomebodyEditsOrDeletesIsMadeAgainWithoutACall() {
        world.place.create("app", AwsWorld.dataFrom(secret));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("app", "True Synced");
            awaitListings(1);
            world.aws.proxy().forget();
            var secrets = world.cluster.client().secrets().inNamespace(world.place.namespace());
            secrets.withName("app").edit(made -> {
                made.setData(Map.of("other", "eA=="));
                return made;
            });
            world.place.awaitData("app", Map.of("k", "v"), PATIENCE);
            secrets.withName("app").delete();
            world.place.awaitData("app", Map.of("k", "v"), PATIENCE);
            assertThat(valueCalls()).isZero();
        }
    }

    @Test
    void deletingASyncedSecretLeavesTheSecret() {
        world.place.create("app", AwsWorld.dataFrom(secret));
        world.place.create("other", AwsWorld.dataFrom(secret));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("app", "True Synced");
            world.place.delete("app");
            awaitListings(2);
            assertThat(world.place.data("app")).isEqualTo(Map.of("k", "v"));
        }
    }

    @Test
    void gaugesCountWhatIsInSyncAndWhatIsNot() throws Exception {
        Place other = world.place.neighbour("-other");
        try (OperatorProcess operator = AwsWorld.operator(world.cluster, world.aws)
                .arguments("--namespace=" + world.place.namespace(), "--namespace=" + other.namespace())
                .start()) {
            operator.awaitReady(Place.SOON);
            for (String name : List.of("one", "two", "three")) {
                world.place.create(name, AwsWorld.dataFrom(secret));
            }
            world.place.create("bad", AwsWorld.dataFrom("no-such-secret"));
            other.create("bad", AwsWorld.dataFrom("no-such-secret"));
            await("gauges").atMost(PATIENCE).until(() -> gauges(operator).equals(List.of(3.0, 2.0)));
            other.delete("bad");
            await("gauges").atMost(PATIENCE).until(() -> gauges(operator).equals(List.of(3.0, 1.0)));
        } finally {
            other.close();
        }
    }

    private static List<Double> gauges(OperatorProcess operator) throws Exception {
        return List.of(
                operator.metrics().sum("secret_sync_success", Map.of()),
                operator.metrics().sum("secret_sync_failures", Map.of()));
    }

    @Test
    void coldSecretsAreReadTwentyInACall() {
        many(45);
        try (OperatorProcess _ = startUnhurried()) {
            awaitAll(45);
            assertThat(world.aws.calls("BatchGetSecretValue")).isEqualTo(3);
            assertThat(world.aws.calls("GetSecretValue")).isZero();
        }
    }

    @Test
    void whoMayNotReadManyInACallReadsThemOneByOne() {
        many(45);
        world.aws
                .proxy()
                .inject(
                        request -> request.action().equals("BatchGetSecretValue"),
                        new Fault.Answer(
                                400,
                                Map.of("Content-Type", "application/x-amz-json-1.1"),
                                "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}"),
                        10_000);
        try (OperatorProcess _ = startUnhurried()) {
            awaitAll(45);
            assertThat(world.aws.calls("GetSecretValue")).isEqualTo(45);
        }
    }

    /** What was read before the first listing has come is polled; a long interval keeps that out of the count. */
    private OperatorProcess startUnhurried() {
        OperatorProcess operator =
                world.operator().environment("POLL_INTERVAL_SEC", "86400").start();
        operator.awaitReady(Place.SOON);
        return operator;
    }

    private void many(int count) {
        for (int i = 0; i < count; i++) {
            String name = world.aws.newName();
            world.aws.create(name, "{\"k\":\"v\"}");
            world.place.create("app-" + i, AwsWorld.dataFrom(name));
        }
    }

    private void awaitAll(int count) {
        await("Secrets").atMost(PATIENCE).until(() -> world.place.secrets().size() == count);
    }
}
