package io.keyferry.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.time.TokenBucket;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The parts of a store's budget against the plainest models of them. */
class BudgetModelTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Property(tries = 500)
    void inNoSpanDoesABucketGiveMoreThanItsBurstAndRate(
            @ForAll @IntRange(min = 1, max = 50) int perSecond,
            @ForAll @IntRange(min = 1, max = 10) int burst,
            @ForAll @Size(max = 60) List<@IntRange(max = 300) Integer> pausesInMillis) {
        TokenBucket bucket = new TokenBucket(perSecond, burst, 0);
        long now = 0;
        int taken = 0;
        for (int pause : pausesInMillis) {
            now += pause * 1_000_000L;
            boolean promised = bucket.untilNext(now).isZero();
            boolean given = bucket.take(now);
            assertThat(given).isEqualTo(promised);
            taken += given ? 1 : 0;
            assertThat((double) taken).isLessThanOrEqualTo(burst + perSecond * (now / 1e9) + 1e-6);
        }
        now += bucket.untilNext(now).toNanos() + 1;
        assertThat(bucket.take(now)).isTrue();
    }

    /** 0: succeed, 1: fail, 2: let time pass. */
    @Property(tries = 500)
    void aBreakerOpensAfterFailuresInARowAndLetsOneProbeThrough(
            @ForAll @Size(max = 60) List<@IntRange(max = 2) Integer> events) {
        Breaker breaker = new Breaker(3, SECOND, 4 * SECOND);
        long now = 0;
        int inARow = 0;
        long openUntil = 0;
        long pause = SECOND;
        for (int event : events) {
            boolean open = inARow >= 3 && openUntil - now > 0;
            assertThat(breaker.isOpen(now)).isEqualTo(open);
            assertThat(breaker.admits(now)).isEqualTo(!open);
            if (event == 2) {
                now += SECOND / 2;
            } else if (!open) {
                boolean probe = breaker.started();
                assertThat(probe).isEqualTo(inARow >= 3);
                assertThat(breaker.admits(now)).as("a second one beside it").isEqualTo(!probe);
                if (event == 0) {
                    assertThat(breaker.succeeded()).isEqualTo(probe);
                    inARow = 0;
                    pause = SECOND;
                } else {
                    breaker.failed(probe, now);
                    inARow++;
                    if (inARow > 3) {
                        pause = Math.min(2 * pause, 4 * SECOND);
                    }
                    openUntil = now + pause;
                }
            }
        }
    }

    @Property(tries = 50)
    void failuresOfReadsFromBeforeItOpenedDoNotCountAsProbes(@ForAll @IntRange(max = 20) int stragglers) {
        Breaker breaker = new Breaker(1, SECOND, 60 * SECOND);
        assertThat(breaker.started()).isFalse();
        breaker.failed(false, 0);
        assertThat(breaker.started()).isTrue();
        for (int i = 0; i < stragglers; i++) {
            breaker.failed(false, SECOND);
            assertThat(breaker.admits(SECOND)).isFalse();
        }
        breaker.failed(true, SECOND);
        assertThat(breaker.remaining(SECOND)).isEqualTo(Duration.ofSeconds(2));
    }
}
