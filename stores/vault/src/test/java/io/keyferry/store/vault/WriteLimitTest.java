package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteLimitTest {
    private final ManualTime time = new ManualTime();
    private final List<Duration> waits = new ArrayList<>();
    private final WriteLimit limit = new WriteLimit(time, time::pass, new VaultObserver() {
        @Override
        public void loggedIn(boolean success) {
            throw new AssertionError("nobody logs in");
        }

        @Override
        public void passedLimit(Duration waited) {
            waits.add(waited);
        }

        @Override
        public void wroteLarge() {
            throw new AssertionError("nothing is written");
        }
    });

    @Test
    void letsTwentyThroughAtOnceAndThenTenASecond() throws Exception {
        long start = time.nanos();
        for (int i = 0; i < 20; i++) {
            limit.pass();
        }
        assertThat(time.nanos()).isEqualTo(start);
        for (int i = 0; i < 30; i++) {
            limit.pass();
        }
        assertThat(Duration.ofNanos(time.nanos() - start)).isBetween(Duration.ofMillis(2990), Duration.ofMillis(3010));
        assertThat(waits).hasSize(50);
        assertThat(waits.subList(0, 20)).containsOnly(Duration.ZERO);
        assertThat(waits.subList(20, 50)).allMatch(Duration::isPositive);
    }
}
