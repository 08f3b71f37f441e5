package io.keyferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.Blocking;
import io.keyferry.engine.read.ReadObserver;
import io.keyferry.engine.read.ReadPlane;
import io.keyferry.engine.read.ReadPolicy;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.read.StoreLimits;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.read.Trigger;
import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.Differ;
import io.keyferry.engine.target.EmptyingGuard;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.Target;
import io.keyferry.engine.target.TargetException;
import io.keyferry.engine.testing.ManualTime;
import io.keyferry.engine.testing.ScriptedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final SyncId ID = new SyncId("test", "default", "app");
    private static final Access ACCESS = new Access(new StoreAddress("scripted", "here"), new Identity.Ambient());
    private static final Problem NO = new Problem("No", "not today");

    private final ManualTime time = new ManualTime();
    private final ScriptedStore store = new ScriptedStore();
    private final List<SyncId> woken = new ArrayList<>();
    private final List<Duration> propagated = new ArrayList<>();
    private final Fingerprinter fingerprinter = Fingerprinter.random();
    private final ReadPlane reads = new ReadPlane(
            Map.of("scripted", store),
            ReadPolicy.defaults(),
            StoreLimits.defaults(),
            fingerprinter,
            time,
            time,
            Runnable::run,
            new Random(1),
            woken::addAll,
            ReadObserver.none());
    private final Engine engine = new Engine(
            reads, Blocking.plain(), new Differ(fingerprinter), time, (dialect, delay) -> propagated.add(delay));
    private final Place place = new Place();

    @BeforeEach
    void value() {
        store.put("a", "one");
    }

    @Test
    void aMissingTargetIsFilledAndThenLeftAlone() throws Exception {
        assertThat(run(sync())).isInstanceOf(Outcome.Applied.class);
        assertThat(place.data).containsEntry("value", "one");
        assertThat(run(sync())).isInstanceOf(Outcome.Unchanged.class);
        assertThat(place.writes).isEqualTo(1);
    }

    @Test
    void aRemoteChangeWakesTheObjectAndReachesTheTarget() throws Exception {
        assertThat(run(sync())).isInstanceOf(Outcome.Applied.class);
        store.put("a", "two");
        time.advance(Duration.ofMinutes(2));
        assertThat(woken).containsExactly(ID);
        time.advance(Duration.ofSeconds(1));
        assertThat(run(sync())).isInstanceOf(Outcome.Applied.class);
        assertThat(place.data).containsEntry("value", "two");
        assertThat(propagated).hasSize(1).allMatch(delay -> delay.compareTo(Duration.ofSeconds(1)) >= 0);
    }

    @Test
    void aGuardHoldsTheChangeBack() throws Exception {
        Sync held = sync(this::recipe, change -> Optional.of(NO));
        assertThat(run(held)).isEqualTo(new Outcome.Held(NO, List.of()));
        assertThat(place.writes).isZero();
    }

    @Test
    void anEmptyingChangeIsHeldUnlessAllowed() throws Exception {
        place.data.put("value", "one");
        place.exists = true;
        Recipe vacant = reader -> new SecretContent(Map.of(), Map.of(), Map.of(), "Opaque", true, List.of());
        assertThat(run(sync(vacant, new EmptyingGuard(false, () -> NO)))).isInstanceOf(Outcome.Held.class);
        assertThat(place.data).containsKey("value");
        assertThat(run(sync(vacant, new EmptyingGuard(true, () -> NO)))).isInstanceOf(Outcome.Applied.class);
        assertThat(place.data).isEmpty();
    }

    @Test
    void aLostLockIsFollowedByAFreshLook() throws Exception {
        place.locksToLose = 2;
        assertThat(run(sync())).isInstanceOf(Outcome.Applied.class);
        assertThat(place.freshLooks).isEqualTo(2);
    }

    @Test
    void aTargetThatIsAlwaysContendedIsGivenUpSoon() throws Exception {
        place.locksToLose = Integer.MAX_VALUE;
        assertThat(run(sync()))
                .isInstanceOfSatisfying(
                        Outcome.TargetFailed.class,
                        failed -> assertThat(failed.problem().reason()).isEqualTo("TargetContended"));
        assertThat(place.freshLooks).isLessThan(10);
    }

    @Test
    void aTargetThatRefusesIsReportedAsSuch() throws Exception {
        place.refusal = NO;
        assertThat(run(sync())).isEqualTo(new Outcome.TargetFailed(NO, List.of()));
    }

    @Test
    void aFailingSourceTouchesNothingAndIsWatched() throws Exception {
        assertThat(run(sync())).isInstanceOf(Outcome.Applied.class);
        store.fail("a", ScriptedStore.denied());
        time.advance(Duration.ofSeconds(1));
        assertThat(run(sync())).isInstanceOf(Outcome.SourceFailed.class);
        assertThat(place.data).containsEntry("value", "one");
        store.heal();
        time.advance(Duration.ofSeconds(20));
        assertThat(woken).containsExactly(ID);
    }

    @Test
    void aRejectedWishTouchesNothing() throws Exception {
        Recipe rejecting = reader -> {
            throw RecipeException.rejected(NO);
        };
        assertThat(run(sync(rejecting, change -> Optional.empty()))).isEqualTo(new Outcome.Rejected(NO));
        assertThat(place.writes).isZero();
    }

    @Test
    void aPlanWritesNothingAndWatchesNothing() throws Exception {
        Change change = engine.plan(sync(), trigger());
        assertThat(change.toString()).isEqualTo("create: +data value");
        assertThat(place.writes).isZero();
        assertThat(reads.watchedKeys()).isZero();
    }

    @Test
    void aPlanDoesNotDisturbTheObjectsOwnSubscriptions() throws Exception {
        assertThat(run(sync())).isInstanceOf(Outcome.Applied.class);
        store.put("a", "two");
        time.advance(Duration.ofMillis(300));
        assertThat(engine.plan(sync(), trigger()).toString()).isEqualTo("~data value");
        assertThat(woken).containsExactly(ID);
        assertThat(reads.watchedKeys()).isEqualTo(1);
    }

    @Test
    void whatIsReadTwiceInOneRunIsAnsweredTheSame() throws Exception {
        Recipe twice = reader -> {
            String first = read(reader::read);
            store.put("a", "two");
            time.advance(Duration.ofMinutes(5));
            return content(first + read(reader::read));
        };
        assertThat(run(sync(this::recipe, change -> Optional.empty()))).isInstanceOf(Outcome.Applied.class);
        time.advance(Duration.ofSeconds(1));
        assertThat(run(sync(twice, change -> Optional.empty()))).isInstanceOf(Outcome.Applied.class);
        assertThat(place.data).containsEntry("value", "oneone");
        assertThat(woken).contains(ID);
    }

    @Test
    void aForgottenObjectLeavesNothingBehind() throws Exception {
        assertThat(run(sync())).isInstanceOf(Outcome.Applied.class);
        engine.forget(ID);
        assertThat(reads.watchedKeys()).isZero();
        assertThat(time.pending()).isZero();
    }

    private Outcome run(Sync sync) throws InterruptedException {
        return engine.run(sync, trigger());
    }

    private Trigger trigger() {
        return new Trigger(time.nanos(), Priority.INTERACTIVE);
    }

    private Sync sync() {
        return sync(this::recipe, change -> Optional.empty());
    }

    private Sync sync(Recipe recipe, Guard guard) {
        return new Sync(ID, recipe, place, guard, Refresh.every(Optional.of(Duration.ofMinutes(1))));
    }

    private SecretContent recipe(SecretReader reader) throws RecipeException, InterruptedException {
        return content(read(reader::read));
    }

    private interface Read {
        Reading read(Access access, Reference reference) throws StoreException, InterruptedException;
    }

    private static String read(Read read) throws RecipeException, InterruptedException {
        try {
            return read.read(ACCESS, Reference.secret("a")) instanceof Reading.Found found
                    ? found.value().utf8()
                    : "";
        } catch (StoreException e) {
            throw RecipeException.source(new Problem("SourceFailed", e.failure().message()), e);
        }
    }

    private static SecretContent content(String value) {
        return new SecretContent(
                Map.of("value", SecretValue.utf8(value)), Map.of(), Map.of(), "Opaque", false, List.of());
    }

    /** A target in memory. */
    private final class Place implements Target {
        final Map<String, String> data = new HashMap<>();
        boolean exists;
        int writes;
        int freshLooks;
        int locksToLose;

        @Nullable
        Problem refusal;

        @Override
        public Optional<Owner> owner() {
            return Optional.empty();
        }

        @Override
        public DataPolicy dataPolicy() {
            return DataPolicy.REPLACE;
        }

        @Override
        public Observed observe() {
            Map<String, Fingerprint> prints = new HashMap<>();
            data.forEach((name, value) -> prints.put(name, fingerprinter.of(value)));
            return new Observed(
                    exists, Optional.empty(), prints, Map.of(), Map.of(), Set.of(), Set.of(), "Opaque", null);
        }

        @Override
        public Observed observeFresh() {
            freshLooks++;
            return observe();
        }

        @Override
        public void apply(Change change) throws TargetException, LockLostException {
            if (refusal != null) {
                throw new TargetException(refusal, null);
            }
            if (locksToLose > 0) {
                locksToLose--;
                throw new LockLostException();
            }
            writes++;
            exists = true;
            data.clear();
            change.content().data().forEach((name, value) -> data.put(name, value.utf8()));
        }
    }
}
