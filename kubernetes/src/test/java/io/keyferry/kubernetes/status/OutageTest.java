package io.keyferry.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {
    /** Below zero, as an arbitrary origin may be. */
    private long now = -Duration.ofDays(1).toNanos();

    private final Outage outage = new Outage();

    @Test
    void thereIsNoPauseBeforeAFailure() {
        assertThat(outage.remaining(now)).isZero();
    }

    @Test
    void pausesDoubleUpToSixteenSecondsAndTheFirstFailureBeginsTheOutage() {
        long millis = 500;
        for (int i = 0; i < 8; i++) {
            assertThat(outage.failed(now)).isEqualTo(i == 0);
            assertThat(outage.remaining(now))
                    .isEqualTo(Duration.ofMillis(millis).toNanos());
            now += outage.remaining(now);
            millis = Math.min(2 * millis, 16_000);
        }
    }

    @Test
    void whatComesInDuringAPauseNeitherLengthensNorEndsIt() {
        assertThat(outage.failed(now)).isTrue();
        long pause = outage.remaining(now);
        assertThat(outage.failed(now + 1)).isFalse();
        outage.answered(now + 2);
        assertThat(outage.remaining(now)).isEqualTo(pause);
    }

    @Test
    void anAnswerAfterThePauseEndsTheOutage() {
        outage.failed(now);
        long first = outage.remaining(now);
        now += first;
        outage.answered(now);
        assertThat(outage.failed(now)).isTrue();
        assertThat(outage.remaining(now)).isEqualTo(first);
    }
}
