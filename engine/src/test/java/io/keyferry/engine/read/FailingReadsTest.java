package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.LATENCY;
import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static io.keyferry.engine.read.PlaneFixture.word;
import static io.keyferry.engine.testing.ScriptedStore.denied;
import static io.keyferry.engine.testing.ScriptedStore.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.StoreFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailingReadsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final PlaneFixture fixture = new PlaneFixture();

    @BeforeEach
    void value() {
        fixture.store.put("a", "one");
    }

    @Test
    void aFailureThatSomebodyWaitsForIsToldAtOnce() {
        fixture.store.fail("a", denied());
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        fixture.pass(LATENCY);
        assertThat(word(answer)).isEqualTo("DENIED");
    }

    @Test
    void oneFailedPollIsNoNews() {
        fixture.run("x", MINUTE, "a");
        fixture.store.fail("a", denied());
        passUntilReads(2);
        assertThat(word(fixture.askAgain("x", "a"))).isEqualTo("one");
        fixture.store.heal();
        fixture.pass(MINUTE.multipliedBy(3));
        assertThat(fixture.woken).isEmpty();
    }

    @Test
    void theSecondFailureIsNewsOnceAndSoIsTheRecovery() {
        fixture.run("x", MINUTE, "a");
        fixture.store.fail("a", denied());
        passUntilReads(3);
        assertThat(fixture.woken).containsExactly(id("x"));
        assertThat(word(fixture.askAgain("x", "a"))).isEqualTo("DENIED");
        fixture.pass(Duration.ofMinutes(10));
        assertThat(fixture.woken).containsExactly(id("x"));
        fixture.store.heal();
        fixture.pass(MINUTE);
        assertThat(fixture.woken).containsExactly(id("x"), id("x"));
        assertThat(word(fixture.askAgain("x", "a"))).isEqualTo("one");
    }

    @Test
    void aFailureToldToOneIsToldToAllWhoDependOnTheKey() {
        fixture.run("x", Duration.ofHours(1), "a");
        fixture.pass(MINUTE);
        fixture.store.fail("a", denied());
        CompletableFuture<Answer> answer = fixture.ask("y", "a");
        fixture.pass(LATENCY);
        assertThat(word(answer)).isEqualTo("DENIED");
        assertThat(fixture.woken).containsExactly(id("x"));
    }

    @Test
    void pausesBetweenTriesGrowUpToAMinute() {
        runFailing("x", Duration.ofHours(5));
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.store.reads("a")).isBetween(60L, 85L);
    }

    @Test
    void aFailingKeyIsTriedAsOftenAsItIsPolled() {
        runFailing("x", Duration.ofSeconds(5));
        fixture.pass(MINUTE);
        long reads = fixture.store.reads("a");
        fixture.pass(MINUTE.multipliedBy(10));
        assertThat(fixture.store.reads("a") - reads).isBetween(115L, 152L);
    }

    @Test
    void triesGoOnWhileOthersComeAndGo() {
        runFailing("x", Duration.ofHours(1));
        fixture.pass(Duration.ofMinutes(10));
        fixture.store.heal();
        CompletableFuture<Answer> known = fixture.askAgain("y", "a");
        assertThat(word(known)).isEqualTo("DENIED");
        for (int second = 0; second < 120; second++) {
            fixture.subscribe("y", Optional.of(Duration.ofHours(1)), Map.of(key("a"), known));
            fixture.pass(Duration.ofSeconds(1));
        }
        assertThat(word(fixture.askAgain("x", "a"))).isEqualTo("one");
    }

    @Test
    void comingAndGoingWhileATryIsUnderWayCausesNoFurtherTry() {
        runFailing("x", Duration.ofHours(1));
        long reads = fixture.store.reads("a");
        CompletableFuture<Answer> known = fixture.askAgain("y", "a");
        for (int i = 0; i < 100_000 && fixture.store.reads("a") == reads; i++) {
            fixture.subscribe("y", Optional.of(Duration.ofHours(1)), Map.of(key("a"), known));
            fixture.pass(Duration.ofMillis(1));
        }
        fixture.pass(Duration.ofMillis(300));
        assertThat(fixture.store.reads("a")).isEqualTo(reads + 1);
    }

    @Test
    void aStoresRetryAfterIsHonoured() {
        fixture.store.fail("a", throttled(Duration.ofSeconds(90)));
        subscribe("x", Duration.ofSeconds(10), fixture.ask("x", "a"));
        fixture.pass(Duration.ofSeconds(89));
        assertThat(fixture.store.reads("a")).isEqualTo(1);
        fixture.store.heal();
        fixture.pass(Duration.ofSeconds(2));
        assertThat(fixture.store.reads("a")).isEqualTo(2);
        assertThat(fixture.woken).containsExactly(id("x"));
    }

    @Test
    void anAbsurdRetryAfterIsHonouredWithinReason() {
        fixture.store.fail("a", throttled(Duration.ofSeconds(Long.MAX_VALUE)));
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        subscribe("x", Duration.ofSeconds(10), answer);
        assertThat(word(answer)).isEqualTo("THROTTLED");
        fixture.store.heal();
        fixture.pass(StoreLimits.defaults().longestRetryAfter().plusSeconds(1));
        assertThat(fixture.woken).containsExactly(id("x"));
    }

    @Test
    void aStoreThatThrowsWhatItMustNotIsAFailureLikeOthers() {
        fixture.store.misbehave(new IllegalStateException("bug"));
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        fixture.pass(LATENCY);
        assertThat(word(answer)).isEqualTo("INVALID");
    }

    @Test
    void aStoreThatRunsOutOfStackLeavesNobodyWaiting() {
        fixture.store.misbehave(new StackOverflowError());
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        fixture.pass(LATENCY);
        assertThat(word(answer)).isEqualTo("INVALID");
        fixture.store.heal();
        CompletableFuture<Answer> next = fixture.ask("x", "a");
        fixture.pass(Duration.ofSeconds(1));
        assertThat(word(next)).isEqualTo("one");
    }

    @Test
    void aFailingKeyNobodyDependsOnIsForgotten() {
        runFailing("x", MINUTE);
        fixture.plane.unsubscribe(id("x"));
        assertThat(fixture.plane.watchedKeys()).isZero();
        assertThat(fixture.time.pending()).isZero();
    }

    private void runFailing(String object, Duration refresh) {
        fixture.store.fail("a", denied());
        subscribe(object, refresh, fixture.ask(object, "a"));
    }

    private void subscribe(String object, Duration refresh, CompletableFuture<Answer> asked) {
        fixture.pass(LATENCY);
        fixture.subscribe(object, Optional.of(refresh), Map.of(key("a"), asked));
    }

    private void passUntilReads(int reads) {
        while (fixture.store.reads("a") < reads) {
            fixture.pass(Duration.ofMillis(10));
        }
    }

    private static StoreFailure throttled(Duration retryAfter) {
        return new StoreFailure(
                StoreFailure.Kind.THROTTLED, StoreFailure.Phase.READ, "slow down", Optional.of(retryAfter));
    }

    @Test
    void aRestartOfTheStoreBetweenTwoPollsIsNoNews() {
        fixture.run("x", MINUTE, "a");
        fixture.store.fail(unavailable());
        passUntilReads(2);
        fixture.store.heal();
        fixture.pass(Duration.ofMinutes(10));
        assertThat(fixture.woken).isEmpty();
    }
}
