package io.keyferry.store.aws;

import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.store.aws.SecretEventListener.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Listens to an SQS queue that EventBridge rules tell of changes of secrets, on a thread of its own. Every message is
 * deleted when it was told to the listener, also one that is not understood, for it never will be.
 */
public final class EventQueue implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;
    private static final int MOST_AT_ONCE = 10;

    /** So that a queue that answers at once without having anything is not asked all the time. */
    private static final Duration AFTER_NOTHING = Duration.ofMillis(100);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 6;
    private static final Duration CLOSING = Duration.ofMillis(800);

    private final Supplier<SqsClient> clients;
    private final String url;
    private final SecretEventListener listener;
    private final RandomGenerator random;
    private final RecentEvents recent = new RecentEvents();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Virtual, for only then an interrupt ends a read from a socket. */
    private final Thread thread = Thread.ofVirtual().name("aws-events").unstarted(this::run);

    private @Nullable SqsClient client;
    private int failures;

    EventQueue(Supplier<SqsClient> clients, String url, SecretEventListener listener, RandomGenerator random) {
        this.clients = clients;
        this.url = url;
        this.listener = listener;
        this.random = random;
    }

    /** To be called once. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!isClosed()) {
            Duration pause = listen();
            try {
                boolean _ = closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** @return how long to wait before the next time */
    private Duration listen() {
        try {
            SqsClient queue = client();
            List<Message> messages = receive(queue);
            if (isClosed()) {
                return Duration.ZERO;
            }
            messages.forEach(message -> hear(message.body()));
            if (!messages.isEmpty()) {
                delete(queue, messages);
            }
            recovered();
            return messages.isEmpty() ? AFTER_NOTHING : Duration.ZERO;
        } catch (SdkException e) {
            return failed(e);
        }
    }

    private SqsClient client() {
        SqsClient known = client;
        if (known == null) {
            known = clients.get();
            client = known;
        }
        return known;
    }

    private List<Message> receive(SqsClient queue) {
        return queue.receiveMessage(ReceiveMessageRequest.builder()
                        .queueUrl(url)
                        .waitTimeSeconds(WAIT_SECONDS)
                        .maxNumberOfMessages(MOST_AT_ONCE)
                        .build())
                .messages();
    }

    private void hear(@Nullable String body) {
        EventReader.Event event = EventReader.read(body == null ? "" : body);
        boolean isNew = recent.add(event.id());
        if (isNew) {
            event.change().ifPresent(listener::changed);
        }
        listener.heard(isNew ? event.heard() : Heard.DUPLICATE);
    }

    private void delete(SqsClient queue, List<Message> messages) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(messages.size());
        for (Message message : messages) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(message.receiptHandle())
                    .build());
        }
        queue.deleteMessageBatch(request -> request.queueUrl(url).entries(entries));
    }

    private void recovered() {
        if (failures > 0) {
            failures = 0;
            listener.recovered();
        }
    }

    private Duration failed(SdkException e) {
        if (isClosed()) {
            return Duration.ZERO;
        }
        if (failures == 0) {
            listener.failed(AwsFailures.of(e, Phase.READ, "listening to the event queue")
                    .failure());
        }
        long pause = FIRST_RETRY.toNanos() << Math.min(failures, DOUBLINGS);
        failures++;
        return Duration.ofNanos(pause / 2 + random.nextLong(pause / 2));
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /** Takes less than a second. What was received and not yet told comes again to whoever listens next. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            boolean _ = !thread.isAlive() || thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
