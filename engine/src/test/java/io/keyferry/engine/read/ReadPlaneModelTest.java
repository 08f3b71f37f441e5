package io.keyferry.engine.read;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random histories of objects, secrets and outages against {@link ReadPlaneModel}, which checks every step. */
class ReadPlaneModelTest {
    /** One thing that happens. */
    sealed interface Step {
        record Pass(Duration duration) implements Step {}

        record Put(int path, int value) implements Step {}

        record Break(int path) implements Step {}

        record Outage() implements Step {}

        record Heal() implements Step {}

        record Edit(int object, List<Integer> paths, Duration refresh) implements Step {}

        record Delete(int object) implements Step {}
    }

    @Property(tries = 1000)
    void promisesHoldInEveryHistory(@ForAll("histories") List<Step> history) {
        ReadPlaneModel model = new ReadPlaneModel();
        history.forEach(model::happen);
        model.finish();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> path = Arbitraries.integers().between(0, ReadPlaneModel.PATHS - 1);
        Arbitrary<Integer> object = Arbitraries.integers().between(0, ReadPlaneModel.OBJECTS - 1);
        Arbitrary<Duration> refresh = Arbitraries.of(2, 7, 30, 61).map(Duration::ofSeconds);
        Arbitrary<Step> pass = Arbitraries.of(0, 1, 9, 10, 40, 240, 250, 260, 1000, 5000, 30_000, 100_000)
                .map(Duration::ofMillis)
                .map(Step.Pass::new);
        Arbitrary<Step> edit = Combinators.combine(
                        object, path.set().ofMinSize(1).ofMaxSize(3), refresh)
                .as((o, paths, period) -> new Step.Edit(o, List.copyOf(paths), period));
        Arbitrary<Step> put =
                Combinators.combine(path, Arbitraries.integers().between(0, 2)).as(Step.Put::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(8, pass),
                        Tuple.of(6, edit),
                        Tuple.of(4, put),
                        Tuple.of(1, path.map(Step.Break::new)),
                        Tuple.of(1, Arbitraries.just(new Step.Outage())),
                        Tuple.of(2, Arbitraries.just(new Step.Heal())),
                        Tuple.of(2, object.map(Step.Delete::new)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
