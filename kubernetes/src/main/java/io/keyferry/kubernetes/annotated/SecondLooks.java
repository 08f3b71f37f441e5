package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Target;
import io.keyferry.engine.target.TargetException;
import io.keyferry.engine.time.Timers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once more at places that were taken a while ago, and writes nothing: an object that has lost one of its places to
 * somebody else is worked on, and then learns of it; what somebody else put into a place that is still the object's stays.
 */
final class SecondLooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecondLooks.class);

    /** How often a look is tried at a place that cannot be looked at. */
    private static final int MOST_TRIES = 20;

    /** One look that is to come. Each is its own, so that a timer which was too late to be stopped starts no other. */
    private static final class Plan {
        final SubjectRef ref;
        final SecondLook look;
        final int tries;

        Timers.@Nullable Timer timer;

        Plan(SubjectRef ref, SecondLook look, int tries) {
            this.ref = ref;
            this.look = look;
            this.tries = tries;
        }

        void cancel() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    private final Executor executor;
    private final Timers timers;
    private final Consumer<SubjectRef> work;
    private final Map<SubjectRef, Set<Plan>> plans = new HashMap<>();
    private boolean closed;

    /** @param work has an object worked on */
    SecondLooks(Executor executor, Timers timers, Consumer<SubjectRef> work) {
        this.executor = executor;
        this.timers = timers;
        this.work = work;
    }

    void plan(SubjectRef ref, SecondLook look) {
        plan(new Plan(ref, look, 1));
    }

    private synchronized void plan(Plan plan) {
        if (closed) {
            return;
        }
        plans.computeIfAbsent(plan.ref, _ -> new HashSet<>()).add(plan);
        plan.timer = timers.after(plan.look.after(), () -> begin(plan));
    }

    /** Drops what is planned for an object. */
    synchronized void forget(SubjectRef ref) {
        Set<Plan> dropped = plans.remove(ref);
        if (dropped != null) {
            dropped.forEach(Plan::cancel);
        }
    }

    private void begin(Plan plan) {
        if (!take(plan)) {
            return;
        }
        try {
            executor.execute(() -> look(plan));
        } catch (RejectedExecutionException e) {
            // Who stops looks at nothing.
            LOG.debug("no second look for {}", plan.ref);
        }
    }

    private synchronized boolean take(Plan plan) {
        Set<Plan> ofObject = plans.get(plan.ref);
        if (ofObject == null || !ofObject.remove(plan)) {
            return false;
        }
        if (ofObject.isEmpty()) {
            plans.remove(plan.ref);
        }
        return true;
    }

    private void look(Plan plan) {
        try {
            for (Target place : plan.look.places()) {
                if (isLost(place)) {
                    work.accept(plan.ref);
                    return;
                }
            }
        } catch (TargetException e) {
            if (plan.tries < MOST_TRIES) {
                plan(new Plan(plan.ref, plan.look, plan.tries + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A place that cannot be marked, or bears no mark, is not known to be anybody else's. */
    private static boolean isLost(Target place) throws TargetException, InterruptedException {
        Observed now = place.observe();
        return now.exists()
                && now.owner().isPresent()
                && place.owner().isPresent()
                && !now.owner().equals(place.owner());
    }

    @Override
    public synchronized void close() {
        closed = true;
        plans.values().forEach(ofObject -> ofObject.forEach(Plan::cancel));
        plans.clear();
    }
}
