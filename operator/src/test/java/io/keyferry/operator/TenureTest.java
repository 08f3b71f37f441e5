package io.keyferry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.lease.Election;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenureTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private long nanos = 42;
    private final List<String> expired = new ArrayList<>();
    private final Tenure tenure = new Tenure(
            new TimeSource() {
                @Override
                public long nanos() {
                    return nanos;
                }

                @Override
                public Instant now() {
                    throw new AssertionError("the wall clock may jump");
                }
            },
            expired::add);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private List<String> check() {
        tenure.check();
        return expired;
    }

    @Test
    void whoNeverHeldALeaseMayWriteForEver() {
        tenure.attempting("a");
        pass(Duration.ofDays(1));
        assertThat(check()).isEmpty();
    }

    @Test
    void aLeaseLastsForTheDeadlineOfItsRenewal() {
        tenure.begin("a");
        pass(Election.RENEW_DEADLINE);
        assertThat(check()).isEmpty();
        pass(MOMENT);
        assertThat(check()).containsExactly("a");
    }

    @Test
    void aRenewalCountsFromWhenItWasSent() {
        tenure.begin("a");
        pass(Duration.ofSeconds(5));
        tenure.attempting("a");
        pass(Duration.ofSeconds(6));
        tenure.succeeded("a");
        pass(Duration.ofSeconds(4));
        assertThat(check()).isEmpty();
        pass(MOMENT);
        assertThat(check()).containsExactly("a");
    }

    @Test
    void anAttemptThatFailedCountsForNothing() {
        tenure.begin("a");
        pass(Duration.ofSeconds(9));
        tenure.attempting("a");
        pass(Duration.ofSeconds(2));
        assertThat(check()).containsExactly("a");
    }

    @Test
    void oneLeaseThatRanOutIsEnough() {
        tenure.begin("a");
        tenure.begin("b");
        pass(Duration.ofSeconds(9));
        tenure.attempting("a");
        tenure.succeeded("a");
        pass(Duration.ofSeconds(2));
        assertThat(check()).containsExactly("b");
    }

    @Test
    void toLeadAgainIsNoRenewal() {
        tenure.begin("a");
        pass(Duration.ofSeconds(9));
        tenure.begin("a");
        pass(Duration.ofSeconds(2));
        assertThat(check()).containsExactly("a");
    }
}
