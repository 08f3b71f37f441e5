package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.LATENCY;
import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static io.keyferry.engine.testing.ScriptedStore.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncedChangesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final PlaneFixture fixture = new PlaneFixture();

    @BeforeEach
    void announcingStore() {
        fixture.store.announce();
        fixture.store.put("a", "one");
        fixture.store.put("b", "other");
    }

    private void announce(String path) {
        fixture.plane.changed(key(path).access(), key(path).reference());
    }

    @Test
    void whatIsAnnouncedIsNotPolled() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(Duration.ofDays(1));
        assertThat(fixture.store.reads("a")).isEqualTo(1);
    }

    @Test
    void anAnnouncementIsReadAndWakesWhoDependsOnIt() {
        fixture.run("x", MINUTE, "a");
        fixture.run("y", MINUTE, "b");
        fixture.pass(MINUTE);
        fixture.store.put("a", "two");
        announce("a");
        fixture.pass(LATENCY);
        assertThat(fixture.store.reads("a")).isEqualTo(2);
        assertThat(fixture.woken).containsExactly(id("x"));
    }

    @Test
    void anAnnouncementOfNothingNewWakesNobody() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(MINUTE);
        announce("a");
        fixture.pass(MINUTE);
        assertThat(fixture.store.reads("a")).isEqualTo(2);
        assertThat(fixture.woken).isEmpty();
    }

    @Test
    void anAnnouncementDuringAReadIsNotLost() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(MINUTE);
        announce("a");
        fixture.store.put("a", "two");
        announce("a");
        fixture.pass(MINUTE);
        assertThat(fixture.woken).containsExactly(id("x"));
    }

    @Test
    void whatNobodyDependsOnIsNotRead() {
        fixture.run("x", MINUTE, "a");
        fixture.plane.unsubscribe(id("x"));
        announce("a");
        announce("unheard of");
        fixture.pass(MINUTE);
        assertThat(fixture.store.reads("a")).isEqualTo(1);
        assertThat(fixture.plane.watchedKeys()).isZero();
    }

    @Test
    void aReadThatFailsIsTriedAgainWithoutAnotherAnnouncement() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(MINUTE);
        fixture.store.fail("a", unavailable());
        fixture.store.put("a", "two");
        announce("a");
        fixture.pass(LATENCY);
        fixture.store.heal();
        fixture.pass(MINUTE);
        assertThat(fixture.woken).contains(id("x"));
        assertThat(fixture.store.reads("a")).isGreaterThanOrEqualTo(3);
    }
}
