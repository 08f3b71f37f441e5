package io.keyferry.dialect.vaultsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    @ParameterizedTest
    @CsvSource({"30s, 30", "1h30m, 5400", "1.5h, 5400", "0, 30", "-5m, 30", "10s, 30", "1ns, 30", "31s, 31"})
    void durationsAreGosAndNoneIsShorterThanHalfAMinute(String annotation, long seconds) {
        assertThat(Interval.of(annotation).period()).contains(Duration.ofSeconds(seconds));
        assertThat(Interval.of(annotation).problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "5", "OFF", " 5m", "5m ", "m"})
    void whatIsNoneIsSaidAndMeansNever(String annotation) {
        assertThat(Interval.of(annotation).period()).isEmpty();
        assertThat(Interval.of(annotation).problem()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "off"})
    void offIsNothingToSay(String annotation) {
        assertThat(Interval.of(annotation).period()).isEmpty();
        assertThat(Interval.of(annotation).problem()).isEmpty();
    }
}
