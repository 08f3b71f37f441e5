package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.LATENCY;
import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static io.keyferry.engine.read.PlaneFixture.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharingReadsTest {
    private final PlaneFixture fixture = new PlaneFixture();

    @BeforeEach
    void value() {
        fixture.store.put("a", "one");
    }

    @Test
    void aLoneRequestGoesAtOnce() {
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        fixture.pass(LATENCY);
        assertThat(word(answer)).isEqualTo("one");
    }

    @Test
    void manyWhoAskAtTheSameTimeShareOneRead() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            answers.add(fixture.ask("x" + i, "a"));
        }
        fixture.pass(LATENCY);
        assertThat(answers).allMatch(answer -> word(answer).equals("one"));
        assertThat(fixture.store.reads("a")).isEqualTo(1);
    }

    @Test
    void aColdStartCostsOneReadPerDistinctKey() {
        Trigger start = new Trigger(fixture.time.nanos(), Priority.INTERACTIVE);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            answers.add(fixture.ask("x" + i, "p" + i % 50, start));
            fixture.pass(Duration.ofMillis(1));
        }
        fixture.pass(LATENCY);
        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(fixture.store.asked()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void anAnswerThatMayBeReusedServesWhoAsksSoonAfter() {
        fixture.store.reuse(Duration.ofSeconds(2));
        CompletableFuture<Answer> first = fixture.ask("x", "a");
        fixture.pass(LATENCY);
        assertThat(word(first)).isEqualTo("one");
        fixture.store.put("a", "two");
        fixture.pass(Duration.ofSeconds(1));
        assertThat(word(fixture.ask("y", "a"))).isEqualTo("one");
        assertThat(fixture.store.reads("a")).isEqualTo(1);
        fixture.pass(Duration.ofSeconds(2));
        CompletableFuture<Answer> later = fixture.ask("z", "a");
        fixture.pass(LATENCY);
        assertThat(word(later)).isEqualTo("two");
        assertThat(fixture.store.reads("a")).isEqualTo(2);
    }

    @Test
    void anEditDuringAReadGetsTheNextOne() {
        CompletableFuture<Answer> first = fixture.ask("x", "a");
        fixture.pass(LATENCY.dividedBy(2));
        CompletableFuture<Answer> second = fixture.ask("y", "a");
        fixture.pass(LATENCY.dividedBy(2));
        assertThat(word(first)).isEqualTo("one");
        assertThat(word(second)).isEqualTo("nothing yet");
        fixture.store.put("a", "two");
        fixture.pass(Duration.ofMillis(250));
        assertThat(word(second)).isEqualTo("two");
    }

    @Test
    void editsWithinTheIntervalWaitForOneCommonRead() {
        fixture.run("x", Duration.ofHours(1), "a");
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(fixture.ask("y" + i, "a"));
            fixture.pass(Duration.ofMillis(10));
        }
        assertThat(fixture.store.reads("a")).isEqualTo(1);
        fixture.pass(Duration.ofMillis(50));
        assertThat(fixture.store.reads("a")).isEqualTo(2);
        assertThat(answers).allMatch(answer -> word(answer).equals("one"));
    }

    @Test
    void anEditAfterTheIntervalGoesAtOnce() {
        fixture.run("x", Duration.ofHours(1), "a");
        fixture.pass(Duration.ofMillis(250));
        CompletableFuture<Answer> answer = fixture.ask("y", "a");
        fixture.pass(LATENCY);
        assertThat(word(answer)).isEqualTo("one");
    }

    @Test
    void whoWasThereBeforeTheReadIsServedFromIt() {
        Trigger early = new Trigger(fixture.time.nanos(), Priority.INTERACTIVE);
        fixture.pass(Duration.ofSeconds(1));
        fixture.run("x", Duration.ofHours(1), "a");
        CompletableFuture<Answer> late = fixture.ask("y", "a", early);
        assertThat(word(late)).isEqualTo("one");
        assertThat(fixture.store.reads("a")).isEqualTo(1);
    }

    @Test
    void anEditNeverSeesWhatWasReadBeforeIt() {
        fixture.run("x", Duration.ofHours(1), "a");
        fixture.store.put("a", "two");
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        assertThat(word(answer)).isEqualTo("nothing yet");
        fixture.pass(Duration.ofMillis(260));
        assertThat(word(answer)).isEqualTo("two");
    }

    @Test
    void anotherIdentityReadsForItself() {
        CompletableFuture<Answer> own = fixture.ask("x", "a");
        ReadKey other = new ReadKey(
                new Access(
                        PlaneFixture.STORE,
                        new Identity.ServiceAccount("default", "app", "auth/kubernetes/login", "r", "")),
                Reference.secret("a"));
        CompletableFuture<Answer> others =
                fixture.plane.request(id("y"), other, new Trigger(fixture.time.nanos(), Priority.INTERACTIVE));
        fixture.pass(LATENCY);
        assertThat(List.of(word(own), word(others))).containsOnly("one");
        assertThat(fixture.store.reads("a")).isEqualTo(2);
    }

    @Test
    void aDroppedValueIsReadAgain() {
        PlaneFixture small = new PlaneFixture(
                new ReadPolicy(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMinutes(1), 5),
                StoreLimits.defaults());
        small.store.put("a", "aaa");
        small.store.put("b", "bbb");
        small.run("x", Duration.ofHours(1), "a", "b");
        CompletableFuture<Answer> kept = small.askAgain("y", "b");
        CompletableFuture<Answer> dropped = small.askAgain("y", "a");
        assertThat(List.of(word(kept), word(dropped))).containsExactlyInAnyOrder("nothing yet", "bbb");
        small.pass(Duration.ofMillis(260));
        assertThat(word(kept)).isEqualTo("bbb");
        assertThat(word(dropped)).isEqualTo("aaa");
        assertThat(small.woken).isEmpty();
    }

    @Test
    void aKeyNobodyDependsOnIsForgotten() {
        fixture.run("x", Duration.ofMinutes(1), "a");
        assertThat(fixture.plane.watchedKeys()).isEqualTo(1);
        fixture.plane.unsubscribe(id("x"));
        assertThat(fixture.plane.watchedKeys()).isZero();
        assertThat(fixture.time.pending()).isZero();
    }

    @Test
    void aKeyGivenUpWhileItIsReadIsForgottenAfterwards() {
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        fixture.plane.unsubscribe(id("x"));
        fixture.pass(LATENCY);
        assertThat(word(answer)).isEqualTo("one");
        assertThat(fixture.plane.watchedKeys()).isZero();
        assertThat(fixture.time.pending()).isZero();
    }

    @Test
    void aReadThatWasPutOffIsNotMadeForNobody() {
        fixture.run("x", Duration.ofMinutes(1), "a");
        fixture.plane.changed(key("a").access(), key("a").reference());
        fixture.plane.unsubscribe(id("x"));
        fixture.pass(Duration.ofSeconds(1));
        assertThat(fixture.store.reads("a")).isEqualTo(1);
        assertThat(fixture.plane.watchedKeys()).isZero();
        assertThat(fixture.time.pending()).isZero();
    }

    @Test
    void whoComesBackMeanwhileWaitsForTheReadThatWasPutOff() {
        fixture.run("x", Duration.ofMinutes(1), "a");
        fixture.plane.changed(key("a").access(), key("a").reference());
        fixture.plane.unsubscribe(id("x"));
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        fixture.pass(Duration.ofMillis(100));
        assertThat(word(answer)).isEqualTo("nothing yet");
        fixture.pass(Duration.ofMillis(150));
        assertThat(word(answer)).isEqualTo("one");
        assertThat(fixture.store.reads("a")).isEqualTo(2);
    }

    @Test
    void whoWaitsForAReadThatWasPutOffIsAnsweredThoughItsObjectIsGone() {
        fixture.run("x", Duration.ofMinutes(1), "a");
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        fixture.plane.unsubscribe(id("x"));
        fixture.pass(Duration.ofSeconds(1));
        assertThat(word(answer)).isEqualTo("one");
        assertThat(fixture.plane.watchedKeys()).isZero();
    }

    @Test
    void aRunThatReadsOtherKeysLetsGoOfTheOldOnes() {
        fixture.run("x", Duration.ofMinutes(1), "a");
        fixture.run("x", Duration.ofMinutes(1), "b");
        assertThat(fixture.plane.watchedKeys()).isEqualTo(1);
        fixture.store.put("a", "two");
        fixture.pass(Duration.ofMinutes(5));
        assertThat(fixture.woken).isEmpty();
        assertThat(fixture.store.reads("a")).isEqualTo(1);
    }
}
