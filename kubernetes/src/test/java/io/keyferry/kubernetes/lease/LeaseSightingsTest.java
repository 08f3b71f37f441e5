package io.keyferry.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class LeaseSightingsTest {
    private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

    private Duration passed = Duration.ZERO;

    private final TimeSource time = new TimeSource() {
        @Override
        public Instant now() {
            return START.plus(passed);
        }

        @Override
        public long nanos() {
            return passed.toNanos();
        }
    };

    private final LeaseSightings lease = new LeaseSightings("us", time);

    private static LeaderElectionRecord renewed(String identity, Duration at) {
        var time = START.plus(at).atZone(ZoneOffset.UTC);
        return new LeaderElectionRecord(identity, Election.DURATION, time, time, 1);
    }

    private void pass(long seconds) {
        passed = passed.plusSeconds(seconds);
    }

    @Test
    void nobodyHoldsWhatIsNotThere() {
        assertThat(lease.isLed()).isFalse();
        lease.saw(null);
        assertThat(lease.isLed()).isFalse();
    }

    @Test
    void whoRenewsItIsAlive() {
        lease.saw(null);
        lease.saw(renewed("a", Duration.ZERO));
        for (int i = 1; i < 10; i++) {
            pass(10);
            lease.saw(renewed("a", Duration.ofSeconds(10L * i)));
            assertThat(lease.isLed()).isTrue();
        }
    }

    /** Its clock may be another: renewals count, not what time they tell. */
    @Test
    void aHolderWhoseClockIsSlowKeepsTheLeaseFromItsSecondRenewalOn() {
        lease.saw(renewed("a", Duration.ofHours(-1)));
        assertThat(lease.isLed()).isFalse();
        pass(2);
        LeaderElectionRecord seen = lease.saw(renewed("a", Duration.ofHours(-1).plusSeconds(2)));
        assertThat(lease.isLed()).isTrue();
        assertThat(seen)
                .isNotNull()
                .extracting(LeaderElectionRecord::getRenewTime)
                .isEqualTo(at(2));
    }

    /** So that a clock that is fast by less takes no lease that is somebody's. */
    @Test
    void whatSeemsToHaveRunOutOfLateIsLookedAtForAsLongAsItTakes() {
        LeaderElectionRecord last = renewed("a", Duration.ofSeconds(-40));
        assertThat(lease.saw(last))
                .isNotNull()
                .extracting(LeaderElectionRecord::getRenewTime)
                .isEqualTo(at(0));
        pass(10);
        assertThat(lease.saw(last))
                .isNotNull()
                .extracting(LeaderElectionRecord::getRenewTime)
                .isEqualTo(at(0));
        LeaderElectionRecord old = renewed("b", Duration.ofSeconds(-50));
        LeaseSightings other = new LeaseSightings("us", time);
        assertThat(other.saw(old)).isEqualTo(old);
        assertThat(other.isLed()).isFalse();
    }

    private static ZonedDateTime at(long seconds) {
        return START.plusSeconds(seconds).atZone(ZoneOffset.UTC);
    }

    @Test
    void whoHasDiedIsNotAliveForLongerThanItTakesToTakeOver() {
        LeaderElectionRecord last = renewed("a", Duration.ofSeconds(-5));
        lease.saw(last);
        assertThat(lease.isLed()).isTrue();
        pass(17);
        lease.saw(last);
        assertThat(lease.isLed()).isTrue();
        pass(3);
        lease.saw(last);
        assertThat(lease.isLed()).isFalse();
    }

    @Test
    void whoHasALongerLeaseIsWaitedForLonger() {
        lease.saw(new LeaderElectionRecord("a", Duration.ofSeconds(137), at(0), at(0), 1));
        pass(140);
        assertThat(lease.isLed()).isTrue();
        pass(2);
        assertThat(lease.isLed()).isFalse();
    }

    @Test
    void oursCountsWhenWeHaveRenewedItOnly() {
        lease.saw(renewed("us", Duration.ZERO));
        assertThat(lease.isOurs()).isTrue();
        assertThat(lease.isLed()).isFalse();
        lease.renewed(renewed("us", Duration.ZERO));
        assertThat(lease.isLed()).isTrue();
        lease.saw(renewed("a", Duration.ofSeconds(1)));
        assertThat(lease.isOurs()).isFalse();
        lease.saw(null);
        assertThat(lease.isOurs()).isFalse();
    }

    /** Those who wait for it have it within {@link Election#RETRY_PERIOD}. */
    @Test
    void thatItIsGivenBackChangesNothingAtOnce() {
        lease.saw(renewed("a", Duration.ZERO));
        pass(1);
        lease.saw(renewed("", Duration.ofSeconds(1)));
        assertThat(lease.isLed()).isTrue();
        pass(20);
        lease.saw(renewed("", Duration.ofSeconds(1)));
        assertThat(lease.isLed()).isFalse();
        lease.saw(renewed("b", Duration.ofSeconds(21)));
        assertThat(lease.isLed()).isTrue();
    }
}
