package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.LATENCY;
import static io.keyferry.engine.read.PlaneFixture.STORE;
import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static io.keyferry.engine.read.PlaneFixture.word;
import static io.keyferry.engine.testing.ScriptedStore.denied;
import static io.keyferry.engine.testing.ScriptedStore.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Batching;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.testing.ListedStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ListedStore store = new ListedStore(Batching.NONE);
    private final PlaneFixture fixture = new PlaneFixture(store);

    @BeforeEach
    void secrets() {
        store.put("a", "one", "1");
        store.put("b", "other", "1");
        store.list("a", "b");
    }

    @Test
    void aSecretThatIsListedIsNotPolledTheListingIs() {
        fixture.run("x", MINUTE, "a");
        fixture.run("y", MINUTE, "b");
        fixture.pass(MINUTE);
        long listings = store.listings();
        fixture.pass(MINUTE.multipliedBy(100));
        assertThat(store.reads("a")).isEqualTo(1);
        assertThat(store.listings()).isEqualTo(listings + 100);
        assertThat(fixture.woken).isEmpty();
    }

    @Test
    void whatTheListingShowsToHaveChangedIsReadOnceAndWakesItsDependents() {
        fixture.run("x", MINUTE, "a");
        fixture.run("y", MINUTE, "a");
        fixture.run("z", MINUTE, "b");
        long reads = store.reads("a");
        store.put("a", "two", "2");
        store.list("a", "b");
        fixture.pass(MINUTE.plus(LATENCY.multipliedBy(2)));
        assertThat(fixture.woken).containsExactlyInAnyOrder(id("x"), id("y"));
        assertThat(word(fixture.askAgain("x", "a"))).isEqualTo("two");
        fixture.pass(MINUTE.multipliedBy(10));
        assertThat(store.reads("a")).isEqualTo(reads + 1);
        assertThat(store.reads("b")).isEqualTo(1);
    }

    @Test
    void allIdentitiesThatReadItAreServedByOneListing() {
        for (String tenant : new String[] {"red", "blue"}) {
            var answer = fixture.plane.request(id(tenant), key(tenant, "a"), trigger());
            fixture.pass(LATENCY);
            fixture.subscribe(tenant, Optional.of(MINUTE), Map.of(key(tenant, "a"), answer));
        }
        fixture.pass(MINUTE);
        store.put("a", "two", "2");
        store.list("a", "b");
        fixture.pass(MINUTE.multipliedBy(3));
        assertThat(store.reads("a")).isEqualTo(4);
        assertThat(store.listings()).isLessThanOrEqualTo(5);
        assertThat(fixture.woken).containsExactlyInAnyOrder(id("red"), id("blue"));
    }

    @Test
    void whatIsNotListedIsPolled() {
        store.put("elsewhere", "one", "1");
        fixture.run("x", MINUTE, "elsewhere");
        fixture.pass(MINUTE);
        long reads = store.reads("elsewhere");
        fixture.pass(MINUTE.multipliedBy(10));
        assertThat(store.reads("elsewhere")).isEqualTo(reads + 10);
    }

    @Test
    void whatLeavesTheListingIsReadAtOnceAndPolledFromThenOn() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(MINUTE);
        store.remove("a");
        store.list("b");
        fixture.pass(MINUTE);
        assertThat(fixture.woken).containsExactly(id("x"));
        assertThat(word(fixture.askAgain("x", "a"))).isEqualTo("absent");
        long reads = store.reads("a");
        fixture.pass(MINUTE.multipliedBy(10));
        assertThat(store.reads("a")).isBetween(reads + 9, reads + 11);
    }

    @Test
    void whatComesBackIntoTheListingIsReadAtOnce() {
        store.remove("a");
        store.list("b");
        fixture.run("x", MINUTE.multipliedBy(60), "a");
        fixture.run("y", MINUTE, "b");
        fixture.pass(MINUTE);
        store.put("a", "again", "7");
        store.list("a", "b");
        fixture.pass(MINUTE.plus(LATENCY.multipliedBy(2)));
        assertThat(fixture.woken).containsExactly(id("x"));
        assertThat(word(fixture.askAgain("x", "a"))).isEqualTo("again");
    }

    @Test
    void aSecretThatIsRefusedIsTriedAgainWhenTheListingShowsItChanged() {
        store.fail("a", denied());
        fixture.run("x", MINUTE, "a");
        fixture.run("y", MINUTE, "b");
        fixture.pass(Duration.ofHours(2));
        store.heal();
        store.put("a", "two", "2");
        store.list("a", "b");
        fixture.woken.clear();
        fixture.pass(MINUTE.plus(LATENCY.multipliedBy(2)));
        assertThat(fixture.woken).contains(id("x"));
    }

    @Test
    void aListingThatLagsBehindIsNotBelievedBeforeItsTime() {
        fixture.run("y", MINUTE, "b");
        store.put("a", "two", "2");
        fixture.run("x", MINUTE, "a");
        store.show("a", "1");
        fixture.pass(MINUTE.multipliedBy(2));
        long reads = store.reads("a");
        fixture.pass(MINUTE.multipliedBy(2));
        assertThat(store.reads("a")).isEqualTo(reads);
        store.show("a", "2");
        fixture.pass(MINUTE.multipliedBy(20));
        assertThat(store.reads("a")).isEqualTo(reads);
    }

    @Test
    void aListingThatGoesOnToDisagreeIsCheckedOncePerLag() {
        fixture.run("x", MINUTE, "a");
        store.put("a", "two", "2");
        store.show("a", "5");
        fixture.pass(MINUTE.multipliedBy(2));
        long reads = store.reads("a");
        fixture.pass(Duration.ofHours(1));
        assertThat(store.reads("a") - reads).isBetween(9L, 12L);
    }

    @Test
    void aListingThatFailsChangesNothing() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(MINUTE);
        store.failListing(unavailable());
        fixture.pass(MINUTE.multipliedBy(10));
        assertThat(store.reads("a")).isEqualTo(1);
        assertThat(fixture.woken).isEmpty();
        store.heal();
        store.put("a", "two", "2");
        store.list("a", "b");
        fixture.pass(MINUTE.multipliedBy(2));
        assertThat(fixture.woken).containsExactly(id("x"));
    }

    @Test
    void whoReadsTheListingItselfIsWokenWhenAnythingInItChanges() {
        ReadKey listing = new ReadKey(new Access(STORE, new Identity.Ambient()), Reference.listing(""));
        var answer = fixture.plane.request(id("t"), listing, trigger());
        fixture.pass(LATENCY);
        fixture.subscribe("t", Optional.of(MINUTE), Map.of(listing, answer));
        fixture.pass(MINUTE.multipliedBy(3));
        assertThat(fixture.woken).isEmpty();
        store.show("b", "2");
        fixture.pass(MINUTE);
        assertThat(fixture.woken).containsExactly(id("t"));
    }

    @Test
    void whoReadsTheListingGetsTheLastOneWhileItFails() {
        ReadKey listing = new ReadKey(new Access(STORE, new Identity.Ambient()), Reference.listing(""));
        var answer = fixture.plane.request(id("t"), listing, trigger());
        fixture.pass(LATENCY);
        fixture.subscribe("t", Optional.of(MINUTE), Map.of(listing, answer));
        store.failListing(unavailable());
        fixture.pass(MINUTE.multipliedBy(10));
        assertThat(fixture.woken).isEmpty();
        var later = fixture.plane.request(id("u"), listing, trigger());
        fixture.pass(MINUTE);
        assertThat(word(later)).isEqualTo("a,b");
    }

    @Test
    void aListingThatIsRefusedIsTriedNoMoreOftenThanItIsPolled() {
        store.failListing(denied());
        fixture.run("x", MINUTE.multipliedBy(5), "a");
        fixture.pass(Duration.ofHours(1));
        long listings = store.listings();
        fixture.pass(Duration.ofHours(5));
        assertThat(store.listings() - listings).isBetween(55L, 80L);
    }

    @Test
    void aNewObjectNeedsNoReadOfWhatTheListingTellsToBeAsItIs() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(MINUTE);
        for (int i = 0; i < 20; i++) {
            fixture.run("y" + i, MINUTE, "a");
            fixture.pass(Duration.ofSeconds(1));
        }
        assertThat(store.reads("a")).isEqualTo(1);
    }

    @Test
    void objectsThatAskForTheListingShareAYoungOne() {
        ReadKey listing = new ReadKey(new Access(STORE, new Identity.Ambient()), Reference.listing(""));
        for (int i = 0; i < 60; i++) {
            var answer = fixture.plane.request(id("t" + i), listing, trigger());
            fixture.pass(Duration.ofSeconds(1));
            assertThat(answer).isDone();
        }
        assertThat(store.listings()).isLessThanOrEqualTo(3);
    }

    @Test
    void twoNamesOfOneSecretAreOneKey() {
        Access access = new Access(STORE, new Identity.Ambient());
        assertThat(fixture.plane.key(access, Reference.secret("id:a")))
                .isEqualTo(fixture.plane.key(access, Reference.secret("a")));
    }

    @Test
    void newsOfAListingReachWhoWasReadingWhenItsLastFollowerWent() {
        fixture.run("x", MINUTE, "a");
        tellOfListing();
        fixture.pass(LATENCY);
        store.put("a", "two", "2");
        store.list("a", "b");
        tellOfListing();
        var answer = fixture.askAgain("y", "a");
        assertThat(word(answer)).isEqualTo("one");
        fixture.plane.unsubscribe(id("x"));
        fixture.pass(Duration.ofSeconds(1));
        fixture.subscribe("y", Optional.of(MINUTE), Map.of(key("a"), answer));
        fixture.pass(LATENCY.multipliedBy(2));
        assertThat(fixture.woken).containsExactly(id("y"));
    }

    private void tellOfListing() {
        fixture.plane.changed(STORE, reference -> reference.kind() == Reference.Kind.LISTING);
    }

    @Test
    void whenNobodyIsLeftNothingIsWatched() {
        fixture.run("x", MINUTE, "a");
        fixture.pass(MINUTE);
        fixture.plane.unsubscribe(id("x"));
        fixture.pass(MINUTE);
        assertThat(fixture.plane.watchedKeys()).isZero();
        long listings = store.listings();
        fixture.pass(Duration.ofDays(1));
        assertThat(store.listings()).isEqualTo(listings);
    }

    private Trigger trigger() {
        return new Trigger(fixture.time.nanos(), Trigger.Priority.INTERACTIVE);
    }
}
