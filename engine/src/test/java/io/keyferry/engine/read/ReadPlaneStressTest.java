package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.testing.ScriptedStore;
import io.keyferry.engine.time.SystemTimers;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Many objects on real threads and real time. Each secret's value is a counter that only grows. */
class ReadPlaneStressTest {
    private static final int OBJECTS = 400;
    private static final int PATHS = 40;
    private static final int RUNS = 60;

    private final TimeSource time = TimeSource.system();
    private final CountingStore store = new CountingStore();

    @Test
    void everybodyGetsAFreshAnswerAndNothingIsLeft() throws Exception {
        AtomicInteger wakeUps = new AtomicInteger();
        AtomicInteger answers = new AtomicInteger();
        try (SystemTimers timers = new SystemTimers("stress-timers");
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                ReadPlane plane = new ReadPlane(
                        Map.of("scripted", store),
                        new ReadPolicy(Duration.ofMillis(5), Duration.ofMillis(2), Duration.ofMillis(20), 100),
                        new StoreLimits(
                                8, 8, 0, 1, 5, Duration.ofMillis(2), Duration.ofMillis(10), Duration.ofMillis(10)),
                        Fingerprinter.random(),
                        time,
                        timers,
                        executor,
                        new Random(1),
                        ids -> wakeUps.addAndGet(ids.size()),
                        ReadObserver.none())) {
            List<Future<?>> objects = new ArrayList<>();
            for (int i = 0; i < OBJECTS; i++) {
                int number = i;
                objects.add(executor.submit(() -> {
                    answers.addAndGet(live(plane, number));
                    return null;
                }));
            }
            for (Future<?> object : objects) {
                object.get(15, TimeUnit.SECONDS);
            }
            assertThat(answers).hasValue(OBJECTS * RUNS);
            assertThat(wakeUps).hasPositiveValue();
            await().atMost(Duration.ofSeconds(5)).until(() -> plane.watchedKeys() == 0);
        }
        assertThat(store.overlaps).hasValue(0);
        assertThat(store.most).hasValueLessThanOrEqualTo(8);
    }

    /** One object's life: edited again and again, reading some keys each time, deleted in the end. */
    private int live(ReadPlane plane, int number) throws Exception {
        Random random = new Random(number);
        SyncId id = id("object-" + number);
        int answered = 0;
        for (int run = 0; run < RUNS; run++) {
            String path = "p" + random.nextInt(PATHS);
            long atLeast = store.value(path);
            RecordingReader reader = new RecordingReader(
                    plane,
                    Blocking.plain(),
                    id,
                    new Trigger(time.nanos(), random.nextBoolean() ? Priority.INTERACTIVE : Priority.REFRESH));
            try {
                Reading reading = reader.read(key(path).access(), Reference.secret(path));
                long value = Long.parseLong(((Reading.Found) reading).value().utf8());
                assertThat(value).as("a value from after the edit").isGreaterThanOrEqualTo(atLeast);
            } catch (StoreException e) {
                assertThat(e.failure().kind())
                        .isEqualTo(ScriptedStore.unavailable().kind());
            }
            answered++;
            if (random.nextInt(4) == 0) {
                plane.unsubscribe(id);
            } else {
                reader.subscribe(Optional.of(Duration.ofMillis(10 + random.nextInt(50))));
            }
        }
        plane.unsubscribe(id);
        return answered;
    }

    private static final class CountingStore implements SecretStore {
        private final ConcurrentHashMap<String, AtomicLong> values = new ConcurrentHashMap<>();
        private final ConcurrentHashMap<String, Boolean> underWay = new ConcurrentHashMap<>();
        private final AtomicLong asked = new AtomicLong();
        final AtomicInteger running = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final AtomicInteger overlaps = new AtomicInteger();

        long value(String path) {
            return values.computeIfAbsent(path, p -> new AtomicLong()).incrementAndGet();
        }

        @Override
        public String kind() {
            return "scripted";
        }

        @Override
        public Reading read(Access access, Reference reference) throws StoreException {
            String path = reference.path();
            if (underWay.put(path, true) != null) {
                overlaps.incrementAndGet();
            }
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                long value = values.computeIfAbsent(path, p -> new AtomicLong()).get();
                long number = asked.incrementAndGet();
                LockSupport.parkNanos(number % 7 * 100_000);
                if (number / 20 % 5 == 4) {
                    throw new StoreException(ScriptedStore.unavailable());
                }
                return new Reading.Found(SecretValue.utf8(Long.toString(value)), Map.of());
            } finally {
                running.decrementAndGet();
                underWay.remove(path);
            }
        }
    }
}
