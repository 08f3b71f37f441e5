package io.keyferry.acceptance.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With a queue that AWS tells of changes, nobody waits for the next listing. */
@WithWorld
class EventQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AwsWorld world;
    private final String secret;
    private final String arn;
    private final String queue;

    EventQueueTest(AwsWorld world) {
        this.world = world;
        secret = world.aws.newName();
        arn = world.aws.create(secret, "{\"k\":\"v\"}");
        queue = world.aws.newQueue();
    }

    private OperatorProcess start() {
        OperatorProcess operator = world.operator()
                .environment("POLL_INTERVAL_SEC", "3600")
                .environment("KEYFERRY_AWS_EVENT_QUEUE", queue)
                .start();
        operator.awaitReady(Place.SOON);
        return operator;
    }

    private String labelUpdated(String version) {
        return """
        {"version":"0","id":"%s","detail-type":"Secret Label Updated","source":"aws.secretsmanager",
         "account":"123456789012","region":"us-east-1","resources":["%s"],
         "detail":{"name":"%s","labelUpdated":"AWSCURRENT","versionId":"%s"}}""".formatted(version, arn, secret, version);
    }

    private static String call(String id, String action, String secretId) {
        return """
        {"version":"0","id":"%s","detail-type":"AWS API Call via CloudTrail","source":"aws.secretsmanager",
         "detail":{"eventSource":"secretsmanager.amazonaws.com","eventName":"%s",
          "requestParameters":{"secretId":"%s"},"responseElements":null}}""".formatted(id, action, secretId);
    }

    @Test
    void aMessageBringsTheNewValueToAllWhoUseTheSecret() {
        world.place.create("by-name", AwsWorld.dataFrom(secret));
        world.place.create("by-arn", AwsWorld.dataFrom(arn));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("by-name", "True Synced");
            world.place.awaitReady("by-arn", "True Synced");
            String version = world.aws.put(secret, "{\"k\":\"w\"}");
            long start = System.nanoTime();
            world.aws.send(queue, labelUpdated(version));
            world.place.awaitData("by-name", Map.of("k", "w"), PATIENCE);
            world.place.awaitData("by-arn", Map.of("k", "w"), PATIENCE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            await("an empty queue").atMost(PATIENCE).until(() -> world.aws.messages(queue) == 0);
        }
    }

    @Test
    void anotherMessageOfTheSameSecretBringsTheNextValue() {
        world.place.create("app", AwsWorld.dataFrom(secret));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("app", "True Synced");
            for (String value : new String[] {"w", "x", "y"}) {
                String version = world.aws.put(secret, "{\"k\":\"%s\"}".formatted(value));
                world.aws.send(queue, call(version, "PutSecretValue", secret));
                world.place.awaitData("app", Map.of("k", value), PATIENCE);
            }
        }
    }

    @Test
    void aTemplateOverTheListingFollowsWhenASecretIsTagged() {
        String other = world.aws.newName();
        world.aws.create(other, "v");
        world.place.create(
                "app",
                AwsWorld.template(
                        "names",
                        "{{range $name, $_ := filterByTagKey .Secrets \"%s\"}}{{$name}}{{end}}".formatted(secret)));
        try (OperatorProcess _ = start()) {
            world.place.awaitReady("app", "True Synced");
            assertThat(world.place.data("app")).isEqualTo(Map.of("names", ""));
            world.aws.tag(other, Map.of(secret, "1"));
            world.aws.send(queue, call("tagged", "TagResource", other));
            world.place.awaitData("app", Map.of("names", other), PATIENCE);
        }
    }

    @Test
    void whatIsNoEventIsDeletedAndMentionedOnce() throws Exception {
        world.place.create("app", AwsWorld.dataFrom(secret));
        try (OperatorProcess operator = start()) {
            world.place.awaitReady("app", "True Synced");
            world.aws.send(queue, "not-to-be-logged");
            world.aws.send(queue, "not-to-be-logged");
            await("an empty queue").atMost(PATIENCE).until(() -> world.aws.messages(queue) == 0);
            world.aws.send(queue, labelUpdated(world.aws.put(secret, "{\"k\":\"w\"}")));
            world.place.awaitData("app", Map.of("k", "w"), PATIENCE);
            assertThat(operator.metrics().sum("keyferry_aws_events_total", Map.of("result", "malformed")))
                    .isEqualTo(2);
            assertThat(operator.lines())
                    .noneMatch(line -> line.contains("not-to-be-logged"))
                    .filteredOn(line -> line.contains("no events of EventBridge"))
                    .hasSize(1);
        }
    }

    @Test
    void onlyTheLeaderListens() {
        OperatorProcess.Builder replica = world.operator()
                .environment("KEYFERRY_AWS_EVENT_QUEUE", queue)
                .environment("POD_NAMESPACE", world.place.namespace())
                .arguments("--leader-elect=true");
        try (OperatorProcess leader = replica.start()) {
            await("the leader").atMost(PATIENCE).until(() -> isListening(leader));
            try (OperatorProcess standby = replica.start()) {
                standby.awaitReady(PATIENCE);
                assertThat(isListening(standby)).isFalse();
                leader.terminate();
                await("the next leader").atMost(PATIENCE).until(() -> isListening(standby));
            }
        }
    }

    private static boolean isListening(OperatorProcess operator) {
        return operator.lines().stream().anyMatch(line -> line.contains("listening to the event queue"));
    }

    @Test
    void anOperatorThatListensStopsAtOnce() {
        try (OperatorProcess operator = start()) {
            await("listening").atMost(PATIENCE).until(() -> world.aws.calls("ReceiveMessage") == 1);
            long start = System.nanoTime();
            operator.terminate();
            assertThat(operator.awaitExit(PATIENCE)).isIn(0, 143);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
