package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.LATENCY;
import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static io.keyferry.engine.read.PlaneFixture.word;
import static io.keyferry.engine.testing.ScriptedStore.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final PlaneFixture fixture = new PlaneFixture();

    @BeforeEach
    void value() {
        fixture.store.put("a", "one");
    }

    @Test
    void atRestAKeyIsPolledExactlyOncePerPeriod() {
        for (int i = 0; i < 10; i++) {
            fixture.run("x" + i, MINUTE, "a");
        }
        fixture.pass(MINUTE);
        long reads = fixture.store.reads("a");
        for (int i = 1; i <= 30; i++) {
            fixture.pass(MINUTE);
            assertThat(fixture.store.reads("a")).isEqualTo(reads + i);
        }
        assertThat(fixture.woken).isEmpty();
    }

    @Test
    void theShortestPeriodAmongSubscribersCounts() {
        fixture.run("slow", Duration.ofHours(1), "a");
        fixture.run("fast", MINUTE, "a");
        fixture.pass(MINUTE);
        long reads = fixture.store.reads("a");
        fixture.pass(MINUTE.multipliedBy(10));
        assertThat(fixture.store.reads("a")).isEqualTo(reads + 10);
        fixture.plane.unsubscribe(id("fast"));
        fixture.pass(MINUTE);
        reads = fixture.store.reads("a");
        fixture.pass(Duration.ofHours(5));
        assertThat(fixture.store.reads("a")).isEqualTo(reads + 5);
    }

    @Test
    void whoWantsNoRefreshCausesNoPolls() {
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        fixture.pass(LATENCY);
        fixture.subscribe("x", Optional.empty(), Map.of(key("a"), answer));
        fixture.pass(Duration.ofDays(10));
        assertThat(fixture.store.reads("a")).isEqualTo(1);
    }

    @Test
    void aKeyIsPolledAtTheSamePhaseInEveryProcess() {
        assertThat(firstPoll(new PlaneFixture(), "a")).isEqualTo(firstPoll(new PlaneFixture(), "a"));
    }

    @Test
    void keysThatWereFirstReadTogetherAreNotPolledTogether() {
        String[] paths = new String[100];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = "secret/app-" + i;
        }
        fixture.run("x", Duration.ofSeconds(100), paths);
        int most = 0;
        for (int second = 0; second < 100; second++) {
            int before = fixture.store.asked().size();
            fixture.pass(Duration.ofSeconds(1));
            most = Math.max(most, fixture.store.asked().size() - before);
        }
        assertThat(fixture.store.asked()).hasSize(200);
        assertThat(most).isLessThan(12);
    }

    @Test
    void aChangeWakesAllWhoSawSomethingElseAndNobodyElse() {
        fixture.store.put("b", "other");
        fixture.run("x", MINUTE, "a");
        fixture.run("y", MINUTE, "a", "b");
        fixture.run("z", MINUTE, "b");
        fixture.store.put("a", "two");
        fixture.pass(MINUTE.multipliedBy(3));
        assertThat(fixture.woken).containsExactlyInAnyOrder(id("x"), id("y"));
    }

    @Test
    void whoWaitedForTheReadIsNotWokenByIt() {
        fixture.run("x", Duration.ofHours(1), "a");
        fixture.run("y", Duration.ofHours(1), "a");
        fixture.pass(MINUTE);
        fixture.store.put("a", "two");
        fixture.run("x", Duration.ofHours(1), "a");
        assertThat(fixture.woken).containsExactly(id("y"));
        fixture.run("y", Duration.ofHours(1), "a");
        fixture.pass(Duration.ofHours(3));
        assertThat(fixture.woken).containsExactly(id("y"));
    }

    @Test
    void aWokenObjectIsServedWithoutAnotherRead() {
        fixture.run("x", MINUTE, "a");
        fixture.store.put("a", "two");
        fixture.pass(MINUTE.plus(LATENCY));
        assertThat(fixture.woken).containsExactly(id("x"));
        long reads = fixture.store.reads("a");
        assertThat(word(fixture.askAgain("x", "a"))).isEqualTo("two");
        assertThat(fixture.store.reads("a")).isEqualTo(reads);
    }

    @Test
    void aWakeUpIsRememberedUntilTheObjectRuns() {
        fixture.run("x", MINUTE, "a");
        fixture.store.put("a", "two");
        fixture.pass(MINUTE.multipliedBy(2));
        assertThat(fixture.plane.takeWake(id("x"))).isPresent();
        assertThat(fixture.plane.takeWake(id("x"))).isEmpty();
    }

    @Test
    void whatIsOutdatedWhenItIsSubscribedToWakesAtOnce() {
        CompletableFuture<Answer> seen = fixture.ask("x", "a");
        fixture.pass(MINUTE);
        fixture.store.put("a", "two");
        fixture.run("y", MINUTE, "a");
        assertThat(fixture.woken).isEmpty();
        fixture.subscribe("x", Optional.of(MINUTE), Map.of(key("a"), seen));
        assertThat(fixture.woken).containsExactly(id("x"));
        fixture.pass(MINUTE.multipliedBy(5));
        assertThat(fixture.woken).containsExactly(id("x"));
    }

    @Test
    void aDeletedSecretIsNews() {
        fixture.run("x", MINUTE, "a");
        fixture.store.remove("a");
        fixture.pass(MINUTE.multipliedBy(2));
        assertThat(fixture.woken).containsExactly(id("x"));
        assertThat(word(fixture.askAgain("x", "a"))).isEqualTo("absent");
    }

    @Test
    void pollsKeepTheirRhythmAfterALongOutage() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(MINUTE);
        fixture.store.fail(unavailable());
        fixture.pass(Duration.ofHours(1));
        fixture.store.heal();
        fixture.pass(MINUTE);
        long reads = fixture.store.reads("a");
        fixture.pass(MINUTE.multipliedBy(10));
        assertThat(fixture.store.reads("a")).isEqualTo(reads + 10);
    }

    @Test
    void recoveryIsOneReadAndNotAPollThatWasMissedOnTop() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(MINUTE);
        fixture.store.fail("a", unavailable());
        fixture.pass(MINUTE.multipliedBy(2).plus(Duration.ofSeconds(7)));
        fixture.store.heal();
        long failed = fixture.store.reads("a");
        while (fixture.store.reads("a") == failed) {
            fixture.pass(Duration.ofMillis(10));
        }
        fixture.pass(Duration.ofSeconds(1));
        assertThat(fixture.store.reads("a")).isEqualTo(failed + 1);
    }

    @Test
    void anEndlessPeriodNeverComesDue() {
        fixture.run("x", Duration.ofNanos(Long.MAX_VALUE - 1), "a");
        fixture.run("y", Duration.ofDays(1_000_000_000), "a");
        fixture.pass(Duration.ofDays(100));
        assertThat(fixture.store.reads("a")).isLessThanOrEqualTo(2);
    }

    @Test
    void aPeriodOfNothingIsNoHotLoop() {
        fixture.run("x", Duration.ZERO, "a");
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.store.reads("a")).isLessThanOrEqualTo(42);
    }

    private static Duration firstPoll(PlaneFixture fixture, String path) {
        long start = fixture.time.nanos();
        fixture.run("x", MINUTE, path);
        while (fixture.store.reads(path) < 2) {
            fixture.pass(Duration.ofMillis(1));
        }
        return Duration.ofNanos(fixture.time.nanos() - start);
    }
}
