package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.LATENCY;
import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static io.keyferry.engine.testing.ScriptedStore.denied;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Batching;
import io.keyferry.engine.testing.ListedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedCallsTest {
    private static final Duration QUIET = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final ListedStore store = new ListedStore(new Batching(20, QUIET, PATIENCE));
    private final PlaneFixture fixture = new PlaneFixture(store);

    @Test
    void secretsThatAreAskedForTogetherShareACall() {
        List<CompletableFuture<Answer>> answers = ask(45);
        fixture.pass(QUIET.plus(LATENCY));
        assertThat(store.calls()).extracting(List::size).containsExactly(20, 20, 5);
        assertThat(answers).extracting(PlaneFixture::word).allMatch(word -> word.startsWith("value"));
    }

    @Test
    void aFullCallGoesAtOnce() {
        List<CompletableFuture<Answer>> answers = ask(20);
        fixture.pass(LATENCY);
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void whoIsAloneGoesWhenNobodyComes() {
        CompletableFuture<Answer> answer = ask(1).getFirst();
        fixture.pass(QUIET.minusMillis(1));
        assertThat(store.calls()).isEmpty();
        fixture.pass(LATENCY.plusMillis(1));
        assertThat(answer).isDone();
    }

    @Test
    void whileOthersAreAboutToAskACallWaitsForThemButNotForEver() {
        fixture.crowd = true;
        CompletableFuture<Answer> answer = ask(1).getFirst();
        fixture.pass(PATIENCE.minusMillis(1));
        assertThat(store.calls()).isEmpty();
        fixture.pass(LATENCY.plusMillis(1));
        assertThat(answer).isDone();
    }

    @Test
    void whenNobodyIsLeftToAskACallGoes() {
        fixture.crowd = true;
        CompletableFuture<Answer> answer = ask(1).getFirst();
        fixture.pass(QUIET.multipliedBy(2));
        fixture.crowd = false;
        fixture.pass(QUIET.plus(LATENCY));
        assertThat(answer).isDone();
    }

    @Test
    void aTrickleDoesNotHoldUpTheFirstForLong() {
        CompletableFuture<Answer> first = ask("o0", "s0");
        for (int i = 1; i < 12; i++) {
            fixture.pass(QUIET.dividedBy(2));
            CompletableFuture<Answer> _ = ask("o" + i, "s" + i);
        }
        fixture.pass(LATENCY);
        assertThat(first).isDone();
        assertThat(store.calls().getFirst()).hasSizeBetween(9, 12);
    }

    @Test
    void identitiesNeverShareACall() {
        for (int i = 0; i < 10; i++) {
            store.put("s" + i, "value" + i, "1");
            for (String tenant : List.of("red", "blue")) {
                CompletableFuture<Answer> _ = fixture.plane.request(
                        id(tenant), key(tenant, "s" + i), new Trigger(fixture.time.nanos(), Priority.INTERACTIVE));
            }
        }
        fixture.pass(QUIET.plus(LATENCY));
        assertThat(store.calls()).extracting(List::size).containsExactly(10, 10);
        assertThat(store.calls().getFirst()).doesNotHaveDuplicates();
    }

    @Test
    void whoRefreshesFillsTheCallOfWhoIsWaitedFor() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            store.put("s" + i, "value" + i, "1");
            Priority priority = i % 2 == 0 ? Priority.INTERACTIVE : Priority.REFRESH;
            answers.add(fixture.plane.request(id("o" + i), key("s" + i), new Trigger(fixture.time.nanos(), priority)));
        }
        fixture.pass(LATENCY);
        assertThat(store.calls()).hasSize(1);
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void oneThatIsRefusedFailsNoOther() {
        store.fail("s1", denied());
        List<CompletableFuture<Answer>> answers = ask(3);
        fixture.pass(QUIET.plus(LATENCY));
        assertThat(answers).extracting(PlaneFixture::word).containsExactly("value0", "DENIED", "value2");
    }

    @Test
    void nothingIsAskedForTwiceInOneCall() {
        store.put("s0", "value0", "1");
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Answer> _ = ask("o" + i, "s0");
        }
        fixture.pass(QUIET.plus(LATENCY));
        assertThat(store.calls()).containsExactly(List.of("s0"));
    }

    @Test
    void whateverIsAskedWhenEverythingIsAnsweredOnce() {
        Set<String> names = IntStream.range(0, 1000).mapToObj(i -> "s" + i).collect(Collectors.toSet());
        List<CompletableFuture<Answer>> answers = ask(1000);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(store.calls()).hasSize(50);
        assertThat(store.calls().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(names);
    }

    private List<CompletableFuture<Answer>> ask(int count) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            store.put("s" + i, "value" + i, "1");
            answers.add(ask("o" + i, "s" + i));
        }
        return answers;
    }

    private CompletableFuture<Answer> ask(String object, String path) {
        return fixture.ask(object, path);
    }
}
