package io.keyferry.dialect.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefreshIntervalTest {
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private static RefreshInterval parse(@Nullable String text) {
        return RefreshInterval.parse(text, SHORTEST);
    }

    @Test
    void readsWhatGoReads() {
        assertThat(parse("1h30m").period()).contains(Duration.ofMinutes(90));
        assertThat(parse("1.5h").period()).contains(Duration.ofMinutes(90));
        assertThat(parse("90s").remark().reason()).isEqualTo("Interval");
    }

    @Test
    void whatIsTooShortIsRaised() {
        RefreshInterval interval = parse("300ms");
        assertThat(interval.period()).contains(SHORTEST);
        assertThat(interval.isScheduled()).isTrue();
        assertThat(interval.remark().reason()).isEqualTo("IntervalRaised");
    }

    @Test
    void whatIsNoneMeansNeverButFailuresAreTriedAgain() {
        for (String text : new String[] {null, "", "banana", "1d", "0", "0s", "-1s", "1h\n", "9999999999h"}) {
            RefreshInterval interval = parse(text);
            assertThat(interval.isScheduled()).as(text).isFalse();
            assertThat(interval.refresh().poll()).isEmpty();
            assertThat(interval.refresh().rerun()).isEmpty();
            assertThat(interval.refresh().recovery()).contains(Duration.ofMinutes(1));
            assertThat(interval.remark().message())
                    .startsWith("spec.refreshInterval")
                    .doesNotContain("\n");
        }
    }

    @Test
    void whileItFailsItIsLookedAtNoLessOftenThanUsual() {
        assertThat(parse("20s").refresh().recovery()).contains(Duration.ofSeconds(20));
        assertThat(parse("1h").refresh().recovery()).contains(Duration.ofMinutes(1));
        assertThat(parse("1h").refresh().longestPause()).isEqualTo(Optional.of(Duration.ofHours(1)));
    }
}
