package io.keyferry.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusWriterTest {
    private static final Duration HOLD_BACK = Duration.ofMillis(200);
    private static final StatusRef A = ref("a");
    private static final StatusRef B = ref("b");

    private final AtomicLong now = new AtomicLong(-Duration.ofDays(1).toNanos());
    private final TimeSource time = new TimeSource() {
        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(now.get());
        }
    };
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger log = Logger.getLogger(StatusWriter.class.getName());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final FakeSender sender = new FakeSender();
    private final StatusWriter writer = new StatusWriter(sender, time);

    @BeforeEach
    void listen() {
        log.addHandler(listener);
        log.setUseParentHandlers(false);
    }

    @AfterEach
    void stop() {
        writer.close();
        log.removeHandler(listener);
        log.setUseParentHandlers(true);
    }

    private static StatusRef ref(String name) {
        return new StatusRef("example.com", "v1", "things", "default", name, "uid-" + name);
    }

    /** Moves the time and has the writer look at it: any call does. */
    private void pass(Duration duration) {
        now.addAndGet(duration.toNanos());
        writer.forget(ref("nobody"));
    }

    private void awaitTries(int count) {
        await().untilAsserted(() -> assertThat(sender.tries()).hasSize(count));
    }

    private void awaitIdle() {
        await().until(() -> writer.backlog() == 0);
    }

    /** Holds for as long as a writer that was woken would take many times over. */
    private void staysAtTries(int count) {
        await().during(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(sender.tries()).hasSize(count));
    }

    @Test
    void aStatusIsHeldBackAndSeveralBecomeOne() {
        writer.write(A, 1);
        pass(HOLD_BACK.minusMillis(1));
        writer.write(A, 2);
        staysAtTries(0);
        assertThat(writer.backlog()).isEqualTo(1);
        pass(Duration.ofMillis(1));
        awaitIdle();
        assertThat(sender.tries()).containsExactly("a=2");
    }

    @Test
    void theLatestWinsWhileOneIsUnderWay() {
        sender.hold();
        writer.write(A, 1);
        pass(HOLD_BACK);
        await().until(() -> sender.underWay() == 1);
        writer.write(A, 2);
        writer.write(A, 3);
        pass(HOLD_BACK);
        staysAtTries(1);
        assertThat(writer.backlog()).isEqualTo(1);
        sender.answerOne();
        awaitTries(2);
        sender.answerOne();
        awaitIdle();
        assertThat(sender.written()).containsExactly("a=1", "a=3");
    }

    @Test
    void aRefusedStatusIsTriedEightTimesWithDoublingPausesAndLoggedOnce() {
        List<Long> triedAt = new CopyOnWriteArrayList<>();
        StatusWriter refused = new StatusWriter(
                (ref, status) -> {
                    triedAt.add(now.get());
                    throw new ApiException(422, "told to fail");
                },
                time);
        try (refused) {
            refused.write(A, 1);
            await().pollInterval(Duration.ofMillis(10)).until(() -> {
                now.addAndGet(Duration.ofMillis(500).toNanos());
                refused.forget(B);
                return refused.backlog() == 0;
            });
        }
        assertThat(triedAt).hasSize(8);
        for (int i = 1; i < triedAt.size(); i++) {
            assertThat(Duration.ofNanos(triedAt.get(i) - triedAt.get(i - 1)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(500L << (i - 1)));
        }
        assertThat(logged).containsExactly("failed to update resource status: default/a: told to fail");
    }

    @Test
    void thatAKindsStatusMayNotBeWrittenIsToldOnceUntilItMay() {
        sender.answer(403);
        writer.write(A, 1);
        writer.write(B, 1);
        pass(HOLD_BACK);
        awaitTries(2);
        await().until(() -> !logged.isEmpty());
        assertThat(logged)
                .hasSize(1)
                .allMatch(line -> line.contains("status of things") && line.contains("grant patch"));
        sender.answer(FakeSender.OK);
        pass(Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThat(sender.written()).containsExactlyInAnyOrder("a=1", "b=1"));
        sender.answer(403);
        writer.write(A, 2);
        pass(HOLD_BACK);
        await().until(() -> logged.size() == 2);
    }

    @Test
    void aRefusedStatusDoesNotHoldUpOthers() {
        sender.answer(422);
        writer.write(A, 1);
        pass(HOLD_BACK);
        await().until(() -> !logged.isEmpty());
        sender.answer(FakeSender.OK);
        writer.write(B, 1);
        pass(HOLD_BACK);
        await().untilAsserted(() -> assertThat(sender.written()).containsExactly("b=1"));
        await().until(() -> writer.backlog() == 1);
    }

    @Test
    void anObjectThatIsGoneOrAnotherIsDroppedWithoutAWord() {
        for (int code : new int[] {404, 409}) {
            sender.answer(code);
            writer.write(A, code);
            pass(HOLD_BACK);
            awaitTries(code == 404 ? 1 : 2);
            awaitIdle();
        }
        pass(Duration.ofMinutes(2));
        staysAtTries(2);
        assertThat(logged).isEmpty();
    }

    @Test
    void anOutagePausesAllLosesNothingAndIsLoggedOnce() {
        sender.answer(503);
        for (int i = 0; i < 100; i++) {
            writer.write(ref("n" + i), i);
        }
        pass(HOLD_BACK);
        await().until(() -> !logged.isEmpty() && sender.underWay() == 0);
        int before = awaitQuiet();
        assertThat(before).isBetween(1, 16);
        pass(Duration.ofMillis(500));
        await().until(() -> sender.tries().size() > before);
        assertThat(awaitQuiet()).isLessThanOrEqualTo(2 * 16);
        assertThat(writer.backlog()).isEqualTo(100);
        sender.answer(FakeSender.OK);
        await().until(() -> {
            pass(Duration.ofSeconds(1));
            return writer.backlog() == 0;
        });
        assertThat(sender.written()).doesNotHaveDuplicates().hasSize(100);
        assertThat(logged)
                .containsExactly("failed to update resource status: all wait for the API server: told to fail");
    }

    /** How many tries there were when they ceased. */
    private int awaitQuiet() {
        AtomicLong seen = new AtomicLong(-1);
        await().during(Duration.ofMillis(50))
                .until(() ->
                        seen.getAndSet(sender.tries().size()) == sender.tries().size());
        return sender.tries().size();
    }

    @Test
    void whatIsForgottenIsNotWrittenEvenIfItWaitsForARetry() {
        sender.answer(403);
        writer.write(A, 1);
        pass(HOLD_BACK);
        await().until(() -> !logged.isEmpty());
        writer.write(B, 1);
        writer.forget(A);
        writer.forget(B);
        awaitIdle();
        pass(Duration.ofMinutes(2));
        staysAtTries(1);
    }

    @Test
    void aStatusThatCannotBeSentAtAllStopsNoWriter() {
        StatusWriter broken = new StatusWriter(
                (ref, status) -> {
                    if (ref.name().startsWith("bad")) {
                        throw new IllegalArgumentException("no JSON");
                    }
                    sender.send(ref, status);
                },
                TimeSource.system());
        try (broken) {
            for (int i = 0; i < 20; i++) {
                broken.write(ref("bad" + i), i);
            }
            await().until(() -> broken.backlog() == 0);
            broken.write(A, 1);
            await().untilAsserted(() -> assertThat(sender.written()).containsExactly("a=1"));
        }
    }

    @Test
    void tenThousandObjectsDrainQuickly() {
        ConcurrentHashMap<StatusRef, Object> written = new ConcurrentHashMap<>();
        try (StatusWriter quick = new StatusWriter(written::put, TimeSource.system())) {
            for (int i = 0; i < 10_000; i++) {
                quick.write(ref("n" + i), i);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> quick.backlog() == 0);
        }
        assertThat(written).hasSize(10_000);
    }
}
