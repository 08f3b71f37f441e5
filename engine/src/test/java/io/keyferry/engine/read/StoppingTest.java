package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.LATENCY;
import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static io.keyferry.engine.read.PlaneFixture.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.testing.ScriptedStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoppingTest {
    private final PlaneFixture fixture = new PlaneFixture();

    @BeforeEach
    void value() {
        fixture.store.put("a", "one");
    }

    @Test
    void aReadUnderWayStillAnswers() {
        CompletableFuture<Answer> answer = fixture.ask("x", "a");
        fixture.plane.close();
        fixture.pass(LATENCY);
        assertThat(word(answer)).isEqualTo("one");
    }

    @Test
    void whoWaitsForAReadThatWillNotStartIsLetGo() {
        fixture.run("x", Duration.ofMinutes(1), "a");
        CompletableFuture<Answer> answer = fixture.ask("y", "a");
        fixture.plane.close();
        assertThat(answer).isCancelled();
    }

    @Test
    void aReadThatFailsWhileStoppingIsNoNewsToAnybody() {
        fixture.run("x", Duration.ofMinutes(1), "a");
        fixture.pass(Duration.ofSeconds(1));
        CompletableFuture<Answer> answer = fixture.ask("y", "a");
        fixture.plane.close();
        fixture.store.fail(ScriptedStore.unavailable());
        fixture.pass(LATENCY);
        assertThat(answer).isCancelled();
        assertThat(fixture.woken).isEmpty();
    }

    @Test
    void whoAsksAfterwardsIsInterrupted() {
        fixture.plane.close();
        RecordingReader reader = new RecordingReader(
                fixture.plane, Blocking.plain(), id("x"), new Trigger(fixture.time.nanos(), Priority.INTERACTIVE));
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> reader.read(key("a").access(), Reference.secret("a")));
    }

    @Test
    void nothingIsPolledAfterwards() {
        fixture.run("x", Duration.ofMinutes(1), "a");
        fixture.plane.close();
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.store.reads("a")).isEqualTo(1);
    }
}
