package io.keyferry.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked for often is done at once, and then once in each pause. */
class ThrottleTest {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final ManualTime time = new ManualTime();
    private final List<Long> runs = new ArrayList<>();
    private final Throttle throttle =
            new Throttle(PAUSE, () -> runs.add(time.now().getEpochSecond()), time, time);

    private void askAfter(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
        throttle.ask();
    }

    @Test
    void theFirstRunsAtOnce() {
        throttle.ask();
        assertThat(runs).containsExactly(0L);
        assertThat(time.pending()).isZero();
    }

    @Test
    void whatIsAskedForInThePauseRunsOnceAtItsEnd() {
        throttle.ask();
        askAfter(1);
        askAfter(28);
        assertThat(runs).containsExactly(0L);
        time.advance(Duration.ofSeconds(100));
        assertThat(runs).containsExactly(0L, 30L);
    }

    @Test
    void aLaterRunBeginsAPauseOfItsOwn() {
        throttle.ask();
        askAfter(10);
        askAfter(25);
        assertThat(runs).containsExactly(0L, 30L);
        askAfter(20);
        time.advance(Duration.ofSeconds(100));
        assertThat(runs).containsExactly(0L, 30L, 60L);
    }

    @Test
    void afterThePauseTheNextRunsAtOnce() {
        throttle.ask();
        askAfter(30);
        assertThat(runs).containsExactly(0L, 30L);
    }

    @Test
    void whoAsksAllTheTimeIsHeardOnceInEachPause() {
        for (int i = 0; i < 300; i++) {
            throttle.ask();
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(runs).containsExactly(0L, 30L, 60L, 90L, 120L, 150L, 180L, 210L, 240L, 270L, 300L);
    }
}
