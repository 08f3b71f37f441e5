package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.store.aws.SecretEventListener.Heard;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.RealParts;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a queue brings is told and deleted, and a queue that fails is asked again. */
@RealParts
class EventQueueTest {
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1B2c3";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Aws aws;
    private final String url;
    private final Recorder recorder = new Recorder();
    private final AwsStore store;
    private final EventQueue queue;

    EventQueueTest(Aws aws) {
        this.aws = aws;
        url = aws.newQueue();
        store = Stores.listening(aws, url);
        queue = store.events(recorder).orElseThrow();
    }

    @AfterEach
    void close() {
        queue.close();
        store.close();
    }

    private void awaitMessages(Heard... messages) {
        await("messages")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(recorder.messages()).containsExactlyInAnyOrder(messages));
    }

    private void awaitEmpty() {
        await("an empty queue").atMost(PATIENCE).until(() -> aws.messages(url) == 0);
    }

    @Test
    void withoutAQueueNobodyListens() {
        try (AwsStore other = Stores.of(aws)) {
            assertThat(other.events(recorder)).isEmpty();
        }
    }

    @Test
    void bothShapesOfEventsAreToldAndDeleted() {
        aws.send(url, Events.label("e-1", "db", ARN, "AWSCURRENT"));
        queue.start();
        awaitMessages(Heard.CHANGE);
        aws.send(url, Events.call("e-2", "TagResource", "{\"secretId\":\"api\"}", "null"));
        awaitMessages(Heard.CHANGE, Heard.CHANGE);
        assertThat(recorder.changes()).containsExactly(Set.of("db", ARN), Set.of("api"));
        awaitEmpty();
    }

    @Test
    void whatComesTwiceIsToldOnce() {
        String event = Events.label("e-1", "db", ARN, "AWSCURRENT");
        aws.send(url, event);
        aws.send(url, event);
        queue.start();
        awaitMessages(Heard.CHANGE, Heard.DUPLICATE);
        assertThat(recorder.changes()).hasSize(1);
        awaitEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsDeletedAndTheRestIsTold() {
        aws.send(url, "hello");
        aws.send(url, "{\"source\":\"aws.s3\",\"id\":\"e-2\"}");
        aws.send(url, Events.call("e-3", "GetSecretValue", "{\"secretId\":\"db\"}", "null"));
        aws.send(url, "{\"x\":".repeat(10_000));
        aws.send(url, Events.label("e-5", "db", ARN, "AWSCURRENT"));
        queue.start();
        awaitMessages(Heard.MALFORMED, Heard.FOREIGN, Heard.NOTHING, Heard.MALFORMED, Heard.CHANGE);
        awaitEmpty();
    }

    @Test
    void moreMessagesThanOneCallBringsAreAllTold() {
        for (int i = 0; i < 25; i++) {
            aws.send(url, Events.label("e-" + i, "db-" + i, ARN, "AWSCURRENT"));
        }
        queue.start();
        await("changes").atMost(PATIENCE).until(() -> recorder.changes().size() == 25);
        awaitEmpty();
    }

    @Test
    void aQueueThatFailsIsToldOnceAndAskedAgainLater() {
        Answers.error(aws, "ReceiveMessage", 403, "AccessDenied");
        queue.start();
        await("calls").atMost(PATIENCE).until(() -> aws.calls("ReceiveMessage") >= 3);
        assertThat(recorder.conditions()).hasSize(1);
        assertThat(recorder.conditions().getFirst()).startsWith("listening to the event queue: AccessDenied");
        aws.proxy().heal();
        aws.send(url, Events.label("e-1", "db", ARN, "AWSCURRENT"));
        awaitMessages(Heard.CHANGE);
        await("recovery")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(recorder.conditions()).hasSize(2).endsWith("recovered"));
    }

    @Test
    void whatCouldNotBeDeletedIsNotToldAgain() {
        aws.proxy().inject(request -> request.action().equals("DeleteMessageBatch"), Fault.status(400), 1);
        String event = Events.label("e-1", "db", ARN, "AWSCURRENT");
        aws.send(url, event);
        queue.start();
        awaitMessages(Heard.CHANGE);
        aws.send(url, event);
        awaitMessages(Heard.CHANGE, Heard.DUPLICATE);
        assertThat(recorder.changes()).hasSize(1);
    }

    @Test
    void aQueueThatAnswersAtOnceWithNothingIsNotAskedAllTheTime() {
        Answers.to(aws, "ReceiveMessage", "{}");
        queue.start();
        await("calls").atMost(PATIENCE).until(() -> aws.calls("ReceiveMessage") >= 2);
        long before = aws.calls("ReceiveMessage");
        long start = System.nanoTime();
        await("calls").atMost(PATIENCE).until(() -> aws.calls("ReceiveMessage") >= before + 10);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(800));
    }

    @Test
    void whoStopsListeningHasStoppedWithinASecond() {
        queue.start();
        await("a call").atMost(PATIENCE).until(() -> aws.calls("ReceiveMessage") == 1);
        long start = System.nanoTime();
        queue.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(queue.isRunning()).isFalse();
        assertThat(recorder.conditions()).isEmpty();
    }

    @Test
    void whoStopsWhileTheQueueFailsHasStoppedWithinASecond() {
        Answers.error(aws, "ReceiveMessage", 403, "AccessDenied");
        queue.start();
        await("calls").atMost(PATIENCE).until(() -> aws.calls("ReceiveMessage") >= 2);
        queue.close();
        assertThat(queue.isRunning()).isFalse();
    }
}
