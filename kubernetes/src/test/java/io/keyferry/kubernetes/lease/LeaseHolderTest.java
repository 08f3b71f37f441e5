package io.keyferry.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LeaseHolderTest {
    private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

    private Duration passed = Duration.ZERO;

    private final LeaseHolder holder = new LeaseHolder(new TimeSource() {
        @Override
        public Instant now() {
            return START.plus(passed);
        }

        @Override
        public long nanos() {
            return passed.toNanos();
        }
    });

    private static LeaderElectionRecord renewed(String identity, Duration at) {
        var time = START.plus(at).atZone(ZoneOffset.UTC);
        return new LeaderElectionRecord(identity, Election.DURATION, time, time, 1);
    }

    private void pass(long seconds) {
        passed = passed.plusSeconds(seconds);
    }

    @Test
    void nobodyHoldsWhatIsNotThere() {
        assertThat(holder.isAlive()).isFalse();
        holder.saw(null);
        assertThat(holder.isAlive()).isFalse();
    }

    @Test
    void whoRenewsItIsAlive() {
        holder.saw(null);
        holder.saw(renewed("a", Duration.ZERO));
        for (int i = 1; i < 10; i++) {
            pass(10);
            holder.saw(renewed("a", Duration.ofSeconds(10L * i)));
            assertThat(holder.isAlive()).isTrue();
        }
    }

    /** Its clock may be another: renewals count, not what time they tell. */
    @Test
    void aHolderWhoseClockIsSlowIsAliveFromItsSecondRenewalOn() {
        holder.saw(renewed("a", Duration.ofHours(-1)));
        assertThat(holder.isAlive()).isFalse();
        pass(2);
        holder.saw(renewed("a", Duration.ofHours(-1).plusSeconds(2)));
        assertThat(holder.isAlive()).isTrue();
    }

    @Test
    void whoHasDiedIsNotAliveForLongerThanItTakesToTakeOver() {
        LeaderElectionRecord last = renewed("a", Duration.ofSeconds(-5));
        holder.saw(last);
        assertThat(holder.isAlive()).isTrue();
        pass(17);
        holder.saw(last);
        assertThat(holder.isAlive()).isTrue();
        pass(3);
        holder.saw(last);
        assertThat(holder.isAlive()).isFalse();
    }

    @Test
    void whoDiedBeforeWasNeverAlive() {
        holder.saw(renewed("a", Duration.ofSeconds(-16)));
        assertThat(holder.isAlive()).isFalse();
    }

    /** Those who wait for it have it within {@link Election#RETRY_PERIOD}. */
    @Test
    void thatItIsGivenBackChangesNothingAtOnce() {
        holder.saw(renewed("a", Duration.ZERO));
        pass(1);
        holder.saw(renewed("", Duration.ofSeconds(1)));
        assertThat(holder.isAlive()).isTrue();
        pass(20);
        holder.saw(renewed("", Duration.ofSeconds(1)));
        assertThat(holder.isAlive()).isFalse();
        holder.saw(renewed("b", Duration.ofSeconds(21)));
        assertThat(holder.isAlive()).isTrue();
    }
}
