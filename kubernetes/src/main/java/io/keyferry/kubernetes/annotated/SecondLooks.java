package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Target;
import io.keyferry.engine.target.TargetException;
import io.keyferry.engine.time.Timers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once more at places that were taken a while ago, and writes nothing: an object that has lost one of its places to
 * somebody else is worked on, and then learns of it; what somebody else put into a place that is still the object's stays.
 */
final class SecondLooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecondLooks.class);

    private record Planned(List<Target> places, Timers.Timer timer) {}

    private final Executor executor;
    private final Timers timers;
    private final Consumer<SubjectRef> work;
    private final Map<SubjectRef, Planned> planned = new HashMap<>();
    private boolean closed;

    /** @param work has an object worked on */
    SecondLooks(Executor executor, Timers timers, Consumer<SubjectRef> work) {
        this.executor = executor;
        this.timers = timers;
        this.work = work;
    }

    /** Plans a look. One that is planned for the object already is made together with it. */
    synchronized void plan(SubjectRef ref, SecondLook look) {
        if (closed) {
            return;
        }
        List<Target> places = new ArrayList<>(look.places());
        Planned earlier = planned.get(ref);
        if (earlier != null) {
            earlier.timer().cancel();
            places.addAll(earlier.places());
        }
        planned.put(ref, new Planned(places, timers.after(look.after(), () -> begin(ref))));
    }

    /** Drops the plan for an object. */
    synchronized void forget(SubjectRef ref) {
        Planned plan = planned.remove(ref);
        if (plan != null) {
            plan.timer().cancel();
        }
    }

    private synchronized void begin(SubjectRef ref) {
        Planned plan = planned.remove(ref);
        if (plan == null) {
            return;
        }
        try {
            executor.execute(() -> look(ref, plan.places()));
        } catch (RejectedExecutionException e) {
            // Who stops looks at nothing.
            LOG.debug("no second look for {}", ref);
        }
    }

    private void look(SubjectRef ref, List<Target> places) {
        try {
            for (Target place : places) {
                if (isLost(place)) {
                    work.accept(ref);
                    return;
                }
            }
        } catch (TargetException e) {
            // Working on the object tells what is wrong, and tries again.
            work.accept(ref);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isLost(Target place) throws TargetException, InterruptedException {
        Observed now = place.observe();
        return now.exists() && now.owner().isPresent() && !now.owner().equals(place.owner());
    }

    @Override
    public synchronized void close() {
        closed = true;
        planned.values().forEach(plan -> plan.timer().cancel());
        planned.clear();
    }
}
