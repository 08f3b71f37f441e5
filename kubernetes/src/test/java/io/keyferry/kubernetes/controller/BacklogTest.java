package io.keyferry.kubernetes.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BacklogTest {
    private final Admission admission = new Admission(1, () -> {});
    private final Backlog one = new Backlog(admission);
    private final Backlog other = new Backlog(admission);

    private static Runnable until(CountDownLatch latch) {
        return () -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Test
    void eachCountsItsOwnAndOnlyThoseThatWait() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        all.add(one.submit(() -> {
            began.countDown();
            until(end).run();
        }));
        began.await();
        all.add(one.submit(until(end)));
        all.add(other.submit(until(end)));
        all.add(other.submit(until(end)));
        assertThat(one.size()).isEqualTo(1);
        assertThat(other.size()).isEqualTo(2);
        end.countDown();
        for (Future<?> each : all) {
            each.get(20, TimeUnit.SECONDS);
        }
        assertThat(one.size() + other.size()).isZero();
    }

    @Test
    void whatHasNotBegunWhenItIsClosedNeverDoes() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        Future<?> running = one.submit(() -> {
            began.countDown();
            until(end).run();
            ran.add(1);
        });
        began.await();
        one.execute(() -> ran.add(2));
        one.close();
        Future<?> late = one.submit(() -> ran.add(3));
        end.countDown();
        running.get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        other.submit(() -> {}).get(20, TimeUnit.SECONDS);
        assertThat(ran).containsExactly(1);
        assertThat(one.size()).isZero();
    }

    @Test
    void whatIsRefusedDoesNotWait() throws InterruptedException {
        one.shutdown();
        assertThatThrownBy(() -> other.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(other.size()).isZero();
        assertThat(other.isShutdown() && other.awaitTermination(20, TimeUnit.SECONDS) && other.isTerminated())
                .isTrue();
    }
}
