package io.keyferry.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.kubernetes.status.StatusQueue.Job;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusQueueTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    /** Monotonic time overflows while the tests run. */
    private static final long START = Long.MAX_VALUE - 100 * MILLI;

    private static final StatusRef A = ref("a");
    private static final StatusRef B = ref("b");

    private final StatusQueue queue = new StatusQueue();

    private static StatusRef ref(String name) {
        return new StatusRef("example.com", "v1", "things", "default", name, "uid-" + name);
    }

    private static long at(int millis) {
        return START + millis * MILLI;
    }

    @Test
    void theLatestStatusIsWrittenAtTheTimeOfTheFirst() {
        queue.add(A, "old", at(0));
        queue.add(A, "new", at(150));
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.take(at(199))).isEmpty();
        assertThat(queue.untilDue(at(199))).hasValue(MILLI);
        assertThat(queue.take(at(200))).contains(new Job(A, "new", 0));
        assertThat(queue.take(at(1000))).isEmpty();
    }

    @Test
    void whatWasAskedForFirstGoesFirst() {
        queue.add(B, "b", at(0));
        queue.add(A, "a", at(1));
        queue.add(B, "b2", at(2));
        assertThat(queue.take(at(500))).contains(new Job(B, "b2", 0));
        assertThat(queue.take(at(500))).contains(new Job(A, "a", 0));
    }

    @Test
    void anObjectsStatusWaitsForTheOneUnderWay() {
        queue.add(A, "first", at(0));
        Job first = queue.take(at(200)).orElseThrow();
        queue.add(A, "second", at(210));
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.take(at(1000))).isEmpty();
        assertThat(queue.untilDue(at(1000))).isEmpty();
        queue.finish(first);
        assertThat(queue.take(at(1000))).contains(new Job(A, "second", 0));
    }

    @Test
    void aRetryIsDueWhenToldAndCarriesItsFailures() {
        queue.add(A, "status", at(0));
        queue.retry(queue.take(at(200)).orElseThrow(), 3, at(1200));
        assertThat(queue.take(at(1199))).isEmpty();
        assertThat(queue.take(at(1200))).contains(new Job(A, "status", 3));
    }

    @Test
    void aNewerStatusDoesNotWaitAsLongAsTheRetryItReplaces() {
        queue.add(A, "old", at(0));
        queue.retry(queue.take(at(200)).orElseThrow(), 7, at(60_000));
        queue.add(A, "new", at(300));
        assertThat(queue.take(at(499))).isEmpty();
        assertThat(queue.take(at(500))).contains(new Job(A, "new", 0));
        queue.finish(new Job(A, "new", 0));
        assertThat(queue.take(at(70_000))).isEmpty();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aRetryGivesWayToWhatIsNewer() {
        queue.add(A, "old", at(0));
        Job old = queue.take(at(200)).orElseThrow();
        queue.add(A, "new", at(250));
        queue.retry(old, 1, at(700));
        assertThat(queue.take(at(450))).contains(new Job(A, "new", 0));
        assertThat(queue.take(at(1000))).isEmpty();
    }

    @Test
    void whatIsGoneLeavesWhetherItWaitsOrWaitsForARetryOrIsUnderWay() {
        queue.add(A, "waits", at(0));
        queue.forget(A);
        assertThat(queue.size()).isZero();
        queue.add(A, "retried", at(0));
        queue.retry(queue.take(at(200)).orElseThrow(), 1, at(700));
        queue.forget(A);
        assertThat(queue.size()).isZero();
        queue.add(A, "under way", at(700));
        Job underWay = queue.take(at(900)).orElseThrow();
        queue.forget(A);
        assertThat(queue.size()).isZero();
        queue.retry(underWay, 1, at(950));
        assertThat(queue.size()).isZero();
        assertThat(queue.take(at(10_000))).isEmpty();
    }

    @Test
    void whatComesBackAfterItWasForgottenWaitsItsOwnTime() {
        queue.add(A, "old", at(0));
        queue.forget(A);
        queue.add(A, "new", at(100));
        assertThat(queue.take(at(200))).isEmpty();
        assertThat(queue.take(at(300))).contains(new Job(A, "new", 0));
    }
}
