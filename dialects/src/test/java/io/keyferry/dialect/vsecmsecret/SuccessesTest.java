package io.keyferry.dialect.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuccessesTest {
    private static final Optional<Duration> INTERVAL = Optional.of(Duration.ofMinutes(10));

    private Instant now = Instant.parse("2026-06-01T00:00:00Z");
    private final Successes successes = new Successes(new TimeSource() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant now() {
            return now;
        }
    });

    private boolean isOverdueAfter(Duration more) {
        now = now.plus(more);
        return successes.isOverdue("ns", "app", INTERVAL);
    }

    @Test
    void threeIntervalsWithoutSuccessAreTooMany() {
        successes.succeeded("ns", "app");
        assertThat(isOverdueAfter(Duration.ofMinutes(29))).isFalse();
        assertThat(isOverdueAfter(Duration.ofMinutes(1))).isTrue();
        successes.succeeded("ns", "app");
        assertThat(isOverdueAfter(Duration.ofMinutes(29))).isFalse();
        assertThat(successes.last("ns", "app")).contains(now.minus(Duration.ofMinutes(29)));
    }

    @Test
    void whatNeverSucceededIsCountedFromWhenItWasSeen() {
        assertThat(isOverdueAfter(Duration.ZERO)).isFalse();
        assertThat(isOverdueAfter(Duration.ofMinutes(30))).isTrue();
        assertThat(successes.last("ns", "app")).isEmpty();
        successes.forget("ns", "app");
        assertThat(isOverdueAfter(Duration.ZERO)).isFalse();
    }

    @Test
    void withoutAnIntervalNothingIsOverdue() {
        now = now.plus(Duration.ofDays(1));
        assertThat(successes.isOverdue("ns", "app", Optional.empty())).isFalse();
        now = now.plus(Duration.ofDays(365));
        assertThat(successes.isOverdue("ns", "app", Optional.empty())).isFalse();
    }
}
