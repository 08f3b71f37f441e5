package io.keyferry.kubernetes.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.Target;
import io.keyferry.engine.target.TargetException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecondLooksTest {
    private static final SubjectRef ONE = new SubjectRef(SubjectKind.SECRET, "ns", "one");
    private static final Owner MINE = new Owner("cluster", "Secret", "ns/one", "uid-1");
    private static final Owner OTHER = new Owner("elsewhere", "Secret", "ns/one", "uid-2");
    private static final Duration AFTER = Duration.ofSeconds(15);

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final List<SubjectRef> worked = new ArrayList<>();
    private final SecondLooks looks = new SecondLooks(
            tasks::add,
            (wait, task) -> {
                assertThat(wait).isEqualTo(AFTER);
                timers.add(task);
                return () -> timers.remove(task);
            },
            worked::add);

    private void passTime() {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static SecondLook look(Target... places) {
        return new SecondLook(AFTER, List.of(places));
    }

    @Test
    void aPlaceThatIsStillTheObjectsIsLeftWhateverItHolds() {
        looks.plan(ONE, look(Place.of(MINE)));
        passTime();
        assertThat(worked).isEmpty();
    }

    @Test
    void anObjectThatLostOneOfItsPlacesIsWorkedOnOnce() {
        looks.plan(ONE, look(Place.of(MINE), Place.of(OTHER), Place.of(OTHER)));
        assertThat(worked).isEmpty();
        passTime();
        assertThat(worked).containsExactly(ONE);
    }

    @Test
    void aPlaceWithoutAMarkIsNobodyElses() {
        looks.plan(ONE, look(new Place(true, Optional.empty(), false)));
        passTime();
        assertThat(worked).isEmpty();
    }

    @Test
    void aPlaceThatHoldsNothingIsNobodys() {
        looks.plan(ONE, look(new Place(false, Optional.of(OTHER), false)));
        passTime();
        assertThat(worked).isEmpty();
    }

    @Test
    void whoCannotLookLooksAgainAndIsNotWorkedOn() {
        Place place = new Place(true, Optional.of(OTHER), true);
        looks.plan(ONE, look(place));
        passTime();
        passTime();
        assertThat(worked).isEmpty();
        place.isAway = false;
        passTime();
        assertThat(worked).containsExactly(ONE);
        assertThat(timers).isEmpty();
    }

    @Test
    void whatCannotBeLookedAtForLongIsLeft() {
        looks.plan(ONE, look(new Place(true, Optional.of(OTHER), true)));
        for (int i = 0; i < 100 && !timers.isEmpty(); i++) {
            passTime();
        }
        assertThat(timers).isEmpty();
        assertThat(worked).isEmpty();
    }

    @Test
    void whoCannotMarkAPlaceHasLostNothing() {
        Place place = Place.of(MINE);
        place.isMarkable = false;
        looks.plan(ONE, look(place));
        passTime();
        assertThat(worked).isEmpty();
    }

    @Test
    void aTimerThatIsTooLateToBeStoppedStartsNoOtherLook() {
        looks.plan(ONE, look(Place.of(OTHER)));
        Runnable late = timers.getFirst();
        looks.forget(ONE);
        looks.plan(ONE, look(Place.of(OTHER)));
        late.run();
        assertThat(tasks).isEmpty();
        passTime();
        assertThat(worked).containsExactly(ONE);
    }

    @Test
    void aLaterPlanLeavesTheOneBeforeItAsItIs() {
        looks.plan(ONE, look(Place.of(OTHER)));
        looks.plan(ONE, look(Place.of(MINE)));
        assertThat(timers).hasSize(2);
        passTime();
        assertThat(worked).containsExactly(ONE);
    }

    @Test
    void nothingIsPlannedForAnObjectThatIsForgotten() {
        looks.plan(ONE, look(Place.of(OTHER)));
        looks.forget(ONE);
        passTime();
        assertThat(worked).isEmpty();
    }

    @Test
    void afterItsEndNothingIsLookedAt() {
        looks.plan(ONE, look(Place.of(OTHER)));
        looks.close();
        looks.plan(ONE, look(Place.of(OTHER)));
        passTime();
        assertThat(worked).isEmpty();
    }

    private static final class Place implements Target {
        private final boolean exists;
        private final Optional<Owner> holder;
        private boolean isAway;
        private boolean isMarkable = true;

        Place(boolean exists, Optional<Owner> holder, boolean isAway) {
            this.exists = exists;
            this.holder = holder;
            this.isAway = isAway;
        }

        static Place of(Owner holder) {
            return new Place(true, Optional.of(holder), false);
        }

        @Override
        public Optional<Owner> owner() {
            return isMarkable ? Optional.of(MINE) : Optional.empty();
        }

        @Override
        public DataPolicy dataPolicy() {
            return DataPolicy.REPLACE;
        }

        @Override
        public Observed observe() throws TargetException {
            if (isAway) {
                throw new TargetException(new Problem("Away", "the store is away"), new IOException("away"));
            }
            return new Observed(exists, holder, Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), "", "1");
        }

        @Override
        public Observed observeFresh() throws TargetException {
            return observe();
        }

        @Override
        public void apply(Change change) {
            throw new AssertionError("a look writes nothing");
        }
    }
}
