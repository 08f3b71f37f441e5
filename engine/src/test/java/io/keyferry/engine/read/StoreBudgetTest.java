package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.LATENCY;
import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static io.keyferry.engine.read.PlaneFixture.word;
import static io.keyferry.engine.testing.ScriptedStore.denied;
import static io.keyferry.engine.testing.ScriptedStore.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StoreBudgetTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void noMoreReadsAreUnderWayThanAllowed() {
        PlaneFixture fixture = fixture(3, 0, 1);
        List<CompletableFuture<Answer>> answers = askMany(fixture, 10, Priority.INTERACTIVE);
        for (int done = 3; done <= 12; done += 3) {
            fixture.pass(LATENCY);
            assertThat(fixture.store.asked()).hasSize(Math.min(10, done));
        }
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void readsStartAtTheRateAfterABurst() {
        PlaneFixture fixture = fixture(100, 10, 5);
        List<CompletableFuture<Answer>> answers = askMany(fixture, 30, Priority.INTERACTIVE);
        fixture.pass(LATENCY);
        assertThat(fixture.store.asked()).hasSize(5);
        fixture.pass(Duration.ofSeconds(1));
        assertThat(fixture.store.asked()).hasSize(15);
        fixture.pass(Duration.ofMillis(1600));
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void whoIsWaitedForGoesBeforeRefreshes() {
        PlaneFixture fixture = fixture(1, 0, 1);
        List<CompletableFuture<Answer>> refreshes = askMany(fixture, 10, Priority.REFRESH);
        CompletableFuture<Answer> edit = fixture.ask("edited", "urgent");
        fixture.pass(LATENCY.multipliedBy(2));
        assertThat(edit).isDone();
        assertThat(refreshes).filteredOn(CompletableFuture::isDone).hasSize(1);
    }

    @Test
    void aRefreshThatSomebodyBeginsToWaitForGoesToTheFront() {
        PlaneFixture fixture = fixture(1, 0, 1);
        List<CompletableFuture<Answer>> refreshes = askMany(fixture, 10, Priority.REFRESH);
        CompletableFuture<Answer> edit = fixture.ask("edited", "p9");
        fixture.pass(LATENCY.multipliedBy(2));
        assertThat(edit).isDone();
        assertThat(fixture.store.asked()).containsExactly("p0", "p9");
        fixture.pass(LATENCY.multipliedBy(8));
        assertThat(refreshes).allMatch(CompletableFuture::isDone);
        assertThat(fixture.store.asked()).hasSize(10);
    }

    @Test
    void aStoreThatDoesNotAnswerIsLeftAloneAndWaitersAreTurnedAway() {
        PlaneFixture fixture = tripped();
        int asked = fixture.store.asked().size();
        CompletableFuture<Answer> answer = fixture.ask("late", "late");
        assertThat(word(answer)).isEqualTo("UNAVAILABLE");
        assertThat(fixture.store.asked()).hasSize(asked);
        fixture.plane.unsubscribe(id("late"));
        assertThat(fixture.plane.watchedKeys()).isEqualTo(5);
    }

    @Test
    void waitersInTheQueueOfAStoreThatStopsAnsweringAreTurnedAway() {
        PlaneFixture fixture = fixture(1, 0, 1);
        fixture.store.fail(unavailable());
        List<CompletableFuture<Answer>> answers = askMany(fixture, 20, Priority.REFRESH);
        fixture.pass(LATENCY.multipliedBy(5));
        assertThat(answers).allMatch(answer -> word(answer).equals("UNAVAILABLE"));
        assertThat(fixture.store.asked()).hasSize(5);
    }

    @Test
    void whoGaveUpBeforeBeingTurnedAwayLeavesNothingBehind() {
        PlaneFixture fixture = fixture(1, 0, 1);
        fixture.store.fail(unavailable());
        List<CompletableFuture<Answer>> answers = askMany(fixture, 20, Priority.REFRESH);
        for (int i = 0; i < 20; i++) {
            fixture.plane.unsubscribe(id("x" + i));
        }
        fixture.pass(LATENCY.multipliedBy(5));
        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(fixture.plane.watchedKeys()).isZero();
    }

    @Test
    void dependentsOfAStoreThatIsDownAreAllToldThoughTheirKeysAreNotTriedAgain() {
        PlaneFixture fixture = fixture(32, 0, 32);
        for (int i = 0; i < 20; i++) {
            fixture.store.put("p" + i, "one");
            fixture.run("x" + i, Duration.ofSeconds(2), "p" + i);
        }
        fixture.store.fail(unavailable());
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.woken).hasSize(20);
        fixture.woken.clear();
        fixture.store.heal();
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.woken).hasSize(20);
    }

    @Test
    void oneProbeAtATimeLooksWhetherAStoreIsBack() {
        PlaneFixture fixture = tripped();
        int asked = fixture.store.asked().size();
        fixture.pass(Duration.ofMillis(500).plus(LATENCY));
        assertThat(fixture.store.asked()).hasSize(asked + 1);
        fixture.pass(Duration.ofMillis(900));
        assertThat(fixture.store.asked()).hasSize(asked + 1);
        fixture.pass(Duration.ofMillis(200));
        assertThat(fixture.store.asked()).hasSize(asked + 2);
        fixture.pass(Duration.ofMinutes(10));
        assertThat(fixture.store.asked().size() - asked).isBetween(55, 66);
    }

    @Test
    void aSuccessfulProbeRevivesAllFailingKeysAtOnce() {
        PlaneFixture fixture = tripped();
        fixture.pass(Duration.ofMinutes(10));
        fixture.woken.clear();
        fixture.store.heal();
        fixture.pass(Duration.ofSeconds(10).plus(LATENCY.multipliedBy(3)));
        assertThat(fixture.woken).containsExactlyInAnyOrder(id("x0"), id("x1"), id("x2"), id("x3"), id("x4"));
    }

    @Test
    void aKeyThatStaysOutOfOrderDoesNotKeepTheOthersOut() {
        PlaneFixture fixture = tripped();
        fixture.store.heal();
        fixture.store.fail("p0", unavailable());
        fixture.pass(Duration.ofMinutes(2));
        assertThat(word(fixture.askAgain("y", "p1"))).isEqualTo("one");
        assertThat(word(fixture.askAgain("y", "p0"))).isEqualTo("UNAVAILABLE");
    }

    @Test
    void refusalsDoNotTripTheBreaker() {
        PlaneFixture fixture = fixture(32, 0, 32);
        fixture.store.fail(denied());
        List<CompletableFuture<Answer>> answers = askMany(fixture, 20, Priority.INTERACTIVE);
        fixture.pass(LATENCY);
        assertThat(answers).allMatch(answer -> word(answer).equals("DENIED"));
        assertThat(fixture.store.asked()).hasSize(20);
    }

    @Test
    void aStoreThatAskedForARestIsLeftAlone() {
        PlaneFixture fixture = fixture(32, 0, 32);
        fixture.store.fail("p0", throttled(60));
        CompletableFuture<Answer> first = fixture.ask("x", "p0");
        fixture.pass(LATENCY);
        assertThat(word(first)).isEqualTo("THROTTLED");
        CompletableFuture<Answer> told = fixture.ask("y", "p1");
        assertThat(word(told)).isEqualTo("THROTTLED");
        fixture.pass(Duration.ofSeconds(59));
        assertThat(fixture.store.asked()).containsExactly("p0");
    }

    @Test
    void aShorterRestDoesNotCutALongerOneShort() {
        PlaneFixture fixture = fixture(32, 0, 32);
        fixture.store.fail("p0", throttled(60));
        fixture.store.fail("p1", throttled(3));
        List<CompletableFuture<Answer>> answers = askMany(fixture, 2, Priority.INTERACTIVE);
        fixture.pass(LATENCY);
        assertThat(answers).allMatch(answer -> word(answer).equals("THROTTLED"));
        fixture.store.heal();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.store.asked()).hasSize(2);
        assertThat(word(fixture.ask("z", "p2"))).isEqualTo("THROTTLED");
    }

    @Test
    void aShortRestIsWaitedFor() {
        PlaneFixture fixture = fixture(32, 0, 32);
        fixture.store.fail("p0", throttled(1));
        CompletableFuture<Answer> first = fixture.ask("x", "p0");
        fixture.pass(LATENCY);
        assertThat(word(first)).isEqualTo("THROTTLED");
        CompletableFuture<Answer> second = fixture.ask("y", "p1");
        assertThat(word(second)).isEqualTo("nothing yet");
        fixture.pass(Duration.ofSeconds(1).plus(LATENCY));
        assertThat(word(second)).isEqualTo("absent");
    }

    @Test
    void anIdentityWhoseReadsHangLeavesRoomForAnother() {
        PlaneFixture fixture = new PlaneFixture();
        fixture.hanging = true;
        askManyAs("stuck", fixture, 200, Priority.INTERACTIVE);
        fixture.hanging = false;
        List<CompletableFuture<Answer>> edits = askManyAs("edited", fixture, 5, Priority.INTERACTIVE);
        List<CompletableFuture<Answer>> refreshes = askManyAs("polled", fixture, 5, Priority.REFRESH);
        fixture.pass(LATENCY);
        assertThat(edits).allMatch(CompletableFuture::isDone);
        assertThat(refreshes).allMatch(CompletableFuture::isDone);
        assertThat(fixture.store.asked()).noneMatch(path -> path.startsWith("stuck"));
    }

    @Test
    void identitiesTakeTurns() {
        PlaneFixture fixture = fixture(1, 0, 1);
        askManyAs("a", fixture, 5, Priority.INTERACTIVE);
        askManyAs("b", fixture, 2, Priority.INTERACTIVE);
        askManyAs("c", fixture, 1, Priority.INTERACTIVE);
        fixture.pass(LATENCY.multipliedBy(8));
        assertThat(fixture.store.asked()).containsExactly("a0", "a1", "b0", "c0", "a2", "b1", "a3", "a4");
    }

    @Test
    void anIdentityHasNoMoreReadsUnderWayThanItsShare() {
        PlaneFixture fixture = fixture(10, 3, 0, 1);
        askManyAs("r", fixture, 5, Priority.REFRESH);
        askManyAs("i", fixture, 2, Priority.INTERACTIVE);
        List<CompletableFuture<Answer>> raised = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            raised.add(askAs("r", fixture, "s" + i, Priority.INTERACTIVE));
        }
        fixture.pass(LATENCY);
        assertThat(fixture.store.asked()).containsExactly("r0", "r1", "r2", "i0", "i1");
        fixture.pass(LATENCY);
        assertThat(fixture.store.asked()).hasSize(8).endsWith("s0", "s1", "s2");
        fixture.pass(LATENCY.multipliedBy(2));
        assertThat(raised).allMatch(CompletableFuture::isDone);
        assertThat(fixture.store.asked()).hasSize(12);
    }

    @Test
    void moreIdentitiesThanThereIsRoomForDoNotExceedTheWhole() {
        PlaneFixture fixture = fixture(5, 3, 0, 1);
        askManyAs("a", fixture, 4, Priority.INTERACTIVE);
        askManyAs("b", fixture, 4, Priority.INTERACTIVE);
        fixture.pass(LATENCY);
        assertThat(fixture.store.asked()).containsExactly("a0", "a1", "a2", "b0", "b1");
    }

    @Test
    void anIdentityWhoseReadsHangDoesNotKeepTheOthersFromProbing() {
        PlaneFixture fixture = fixture(32, 2, 0, 32);
        fixture.store.fail(unavailable());
        List<CompletableFuture<Answer>> stuck = askManyAs("stuck", fixture, 2, Priority.INTERACTIVE);
        fixture.pass(LATENCY);
        assertThat(stuck).allMatch(CompletableFuture::isDone);
        fixture.hanging = true;
        fixture.pass(Duration.ofSeconds(5));
        fixture.hanging = false;
        List<CompletableFuture<Answer>> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(askAs("other" + i, fixture, "o" + i, Priority.INTERACTIVE));
        }
        fixture.pass(LATENCY);
        assertThat(others).allMatch(answer -> word(answer).equals("UNAVAILABLE"));
        int asked = fixture.store.asked().size();
        fixture.pass(Duration.ofMillis(500).plus(LATENCY));
        assertThat(fixture.store.asked()).hasSize(asked + 1);
    }

    @Test
    void nobodyWaitsForAStoreThatAskedForALongRest() {
        PlaneFixture fixture = fixture(32, 0, 32);
        fixture.store.put("polled", "one");
        fixture.run("x", Duration.ofSeconds(30), "polled");
        fixture.store.fail("p0", throttled(60));
        CompletableFuture<Answer> first = fixture.ask("y", "p0", refreshNow(fixture));
        fixture.pass(LATENCY);
        assertThat(word(first)).isEqualTo("THROTTLED");
        CompletableFuture<Answer> second = fixture.ask("y", "p1", refreshNow(fixture));
        assertThat(word(second)).isEqualTo("THROTTLED");
        fixture.pass(Duration.ofSeconds(40));
        assertThat(fixture.woken).as("a poll that nobody waits for just waits").doesNotContain(id("x"));
        CompletableFuture<Answer> third = fixture.ask("y", "polled", refreshNow(fixture));
        assertThat(word(third)).isEqualTo("THROTTLED");
        assertThat(fixture.store.asked()).containsExactly("polled", "p0");
    }

    @Test
    void aPollThatWaitsOutARestIsMadeAfterIt() {
        PlaneFixture fixture = fixture(32, 0, 32);
        fixture.store.put("polled", "one");
        fixture.run("x", Duration.ofSeconds(30), "polled");
        fixture.store.fail("p0", throttled(45));
        CompletableFuture<Answer> first = fixture.ask("y", "p0");
        fixture.pass(Duration.ofSeconds(44));
        assertThat(word(first)).isEqualTo("THROTTLED");
        assertThat(fixture.store.reads("polled")).isEqualTo(1);
        fixture.pass(Duration.ofSeconds(1).plus(LATENCY.multipliedBy(2)));
        assertThat(fixture.store.reads("polled")).isEqualTo(2);
    }

    /** Five objects on five failing keys, and the breaker just open. */
    private static PlaneFixture tripped() {
        PlaneFixture fixture = fixture(32, 0, 32);
        fixture.store.fail(unavailable());
        List<CompletableFuture<Answer>> answers = askMany(fixture, 5, Priority.INTERACTIVE);
        fixture.pass(LATENCY);
        for (int i = 0; i < 5; i++) {
            fixture.store.put("p" + i, "one");
            fixture.subscribe("x" + i, Optional.of(HOUR), Map.of(key("p" + i), answers.get(i)));
        }
        return fixture;
    }

    private static List<CompletableFuture<Answer>> askMany(PlaneFixture fixture, int count, Priority priority) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(fixture.ask("x" + i, "p" + i, new Trigger(fixture.time.nanos(), priority)));
        }
        return answers;
    }

    /** Asks for keys of one identity, named after it and numbered. */
    private static List<CompletableFuture<Answer>> askManyAs(
            String tenant, PlaneFixture fixture, int count, Priority priority) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(askAs(tenant, fixture, tenant + i, priority));
        }
        return answers;
    }

    private static CompletableFuture<Answer> askAs(
            String tenant, PlaneFixture fixture, String path, Priority priority) {
        return fixture.plane.request(id(path), key(tenant, path), new Trigger(fixture.time.nanos(), priority));
    }

    private static Trigger refreshNow(PlaneFixture fixture) {
        return new Trigger(fixture.time.nanos(), Priority.REFRESH);
    }

    private static PlaneFixture fixture(int concurrency, double rate, int burst) {
        return fixture(concurrency, concurrency, rate, burst);
    }

    private static PlaneFixture fixture(int concurrency, int perAccess, double rate, int burst) {
        StoreLimits defaults = StoreLimits.defaults();
        return new PlaneFixture(
                ReadPolicy.defaults(),
                new StoreLimits(
                        concurrency,
                        perAccess,
                        rate,
                        burst,
                        defaults.breakerThreshold(),
                        defaults.breakerFirstPause(),
                        defaults.breakerLongestPause(),
                        defaults.longestRetryAfter()));
    }

    private static StoreFailure throttled(long seconds) {
        return new StoreFailure(
                StoreFailure.Kind.THROTTLED,
                StoreFailure.Phase.READ,
                "slow down",
                Optional.of(Duration.ofSeconds(seconds)));
    }
}
