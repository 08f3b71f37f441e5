package io.keyferry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.WriteGate.Lane;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteGateTest {
    private final AtomicLong now = new AtomicLong();
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
    private final List<String> entered = new CopyOnWriteArrayList<>();

    private Thread enter(WriteGate gate, Lane lane, String name) {
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                gate.enter(lane);
                entered.add(name);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING
                || !thread.isAlive());
        return thread;
    }

    @Test
    void noMoreWritesAreUnderWayThanAllowed() throws InterruptedException {
        WriteGate gate = new WriteGate(2, time);
        gate.enter(Lane.SECRET);
        gate.enter(Lane.SECRET);
        Thread third = enter(gate, Lane.SECRET, "third");
        assertThat(entered).isEmpty();
        gate.leave(Lane.SECRET);
        third.join();
        assertThat(entered).containsExactly("third");
    }

    @Test
    void secretsGoBeforeWhatIsWrittenAboutThem() throws InterruptedException {
        WriteGate gate = new WriteGate(1, time);
        gate.enter(Lane.SECRET);
        Thread about = enter(gate, Lane.ABOUT, "about");
        Thread secret = enter(gate, Lane.SECRET, "secret");
        gate.leave(Lane.SECRET);
        secret.join();
        gate.leave(Lane.SECRET);
        about.join();
        assertThat(entered).containsExactly("secret", "about");
    }

    @Test
    void whileSecretsAreToComeTheRestTrickles() throws InterruptedException {
        AtomicBoolean busy = new AtomicBoolean(true);
        WriteGate gate = new WriteGate(8, time);
        gate.announce(busy::get);
        gate.enter(Lane.ABOUT);
        Thread second = enter(gate, Lane.ABOUT, "second");
        enter(gate, Lane.SECRET, "secret").join();
        assertThat(entered).containsExactly("secret");
        now.set(WriteGate.TRICKLE.toNanos());
        gate.quietened();
        second.join();
        Thread third = enter(gate, Lane.ABOUT, "third");
        assertThat(entered).containsExactly("secret", "second");
        busy.set(false);
        gate.quietened();
        third.join();
        assertThat(entered).containsExactly("secret", "second", "third");
    }

    @Test
    void whoeverIsInterruptedWhileWaitingLeavesNothingBehind() throws InterruptedException {
        WriteGate gate = new WriteGate(1, time);
        gate.enter(Lane.SECRET);
        for (Lane lane : Lane.values()) {
            Thread waiting = enter(gate, lane, "interrupted");
            waiting.interrupt();
            waiting.join();
        }
        gate.leave(Lane.SECRET);
        gate.enter(Lane.ABOUT);
        gate.leave(Lane.ABOUT);
        gate.enter(Lane.SECRET);
        assertThat(entered).isEmpty();
    }

    @Test
    void everybodyGetsThroughAndTheLimitHolds() throws InterruptedException {
        WriteGate gate = new WriteGate(4, time);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 400; i++) {
            Lane lane = i % 3 == 0 ? Lane.ABOUT : Lane.SECRET;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    gate.enter(lane);
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    gate.leave(lane);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isLessThanOrEqualTo(4);
        assertThat(inside.get()).isZero();
    }
}
