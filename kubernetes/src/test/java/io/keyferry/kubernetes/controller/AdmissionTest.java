package io.keyferry.kubernetes.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static void waitFor(Admission admission, CompletableFuture<?> future) {
        try {
            admission.await(future);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noMoreRunThanAllowed() {
        Admission admission = new Admission(2, () -> {});
        CompletableFuture<Void> gate = new CompletableFuture<>();
        AtomicInteger started = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            admission.execute(() -> {
                started.incrementAndGet();
                gate.join();
            });
        }
        await().until(() -> started.get() == 2);
        assertThat(admission.backlog()).isEqualTo(3);
        gate.complete(null);
        await().until(() -> started.get() == 5 && !admission.isBusy());
    }

    @Test
    void whoWaitsForAReadMakesRoom() {
        Admission admission = new Admission(1, () -> {});
        CompletableFuture<String> read = new CompletableFuture<>();
        CountDownLatch back = new CountDownLatch(1);
        admission.execute(() -> {
            waitFor(admission, read);
            back.countDown();
        });
        CountDownLatch others = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            admission.execute(others::countDown);
        }
        await().until(() -> others.getCount() == 0);
        assertThat(back.getCount()).isEqualTo(1);
        read.complete("read");
        await().until(() -> back.getCount() == 0);
    }

    @Test
    void whoComesBackGoesBeforeWhoHasNotBegun() {
        Admission admission = new Admission(1, () -> {});
        CompletableFuture<String> read = new CompletableFuture<>();
        CompletableFuture<Void> occupant = new CompletableFuture<>();
        List<String> order = new CopyOnWriteArrayList<>();
        admission.execute(() -> {
            waitFor(admission, read);
            order.add("back");
        });
        CountDownLatch occupied = new CountDownLatch(1);
        admission.execute(() -> {
            occupied.countDown();
            occupant.join();
        });
        await().until(() -> occupied.getCount() == 0);
        admission.execute(() -> order.add("new"));
        read.complete("read");
        await().until(() -> admission.returning() == 1);
        occupant.complete(null);
        await().until(() -> order.equals(List.of("back", "new")));
    }

    @Test
    void idlenessIsToldWhenTheLastOneHasEnded() {
        AtomicInteger idle = new AtomicInteger();
        Admission admission = new Admission(2, idle::incrementAndGet);
        admission.execute(() -> {});
        await().until(() -> idle.get() == 1);
    }

    @Test
    void aTaskThatThrowsFreesItsPlace() {
        Admission admission = new Admission(1, () -> {});
        CountDownLatch ran = new CountDownLatch(1);
        admission.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        admission.execute(ran::countDown);
        await().dontCatchUncaughtExceptions().until(() -> ran.getCount() == 0);
    }

    @Test
    void afterShutdownNothingStartsAndWhatRunsIsWaitedFor() throws InterruptedException {
        Admission admission = new Admission(1, () -> {});
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        admission.execute(() -> {
            started.countDown();
            gate.join();
        });
        await().until(() -> started.getCount() == 0);
        admission.shutdown();
        assertThatThrownBy(() -> admission.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(admission.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        gate.complete(null);
        assertThat(admission.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
