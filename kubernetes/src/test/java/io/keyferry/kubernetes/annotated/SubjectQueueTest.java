package io.keyferry.kubernetes.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectQueueTest {
    private static final SubjectRef ONE = new SubjectRef(SubjectKind.SECRET, "ns", "one");

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final List<SubjectRef> worked = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private final SubjectQueue queue = new SubjectQueue(
            tasks::add,
            (wait, task) -> {
                timers.add(task);
                return () -> timers.remove(task);
            },
            ref -> {
                worked.add(ref);
                Runnable now = meanwhile;
                meanwhile = () -> {};
                now.run();
            });

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void whatIsAskedForBeforeItOpensComesThenAndOnce() {
        queue.add(ONE);
        queue.add(ONE);
        assertThat(tasks).isEmpty();
        queue.open();
        runAll();
        assertThat(worked).containsExactly(ONE);
    }

    @Test
    void whatIsClosedDoesNotOpenAgain() {
        queue.add(ONE);
        queue.close();
        queue.open();
        queue.add(ONE);
        runAll();
        assertThat(worked).isEmpty();
    }

    @Test
    void whatIsAskedForDuringWorkComesAfterItAndOnce() {
        queue.open();
        meanwhile = () -> {
            queue.add(ONE);
            queue.add(ONE);
            assertThat(tasks).as("never two at a time").isEmpty();
        };
        queue.add(ONE);
        runAll();
        assertThat(worked).containsExactly(ONE, ONE);
    }

    @Test
    void aPlanIsForgottenWhenThereIsWorkBefore() {
        queue.open();
        queue.addAfter(ONE, Duration.ofSeconds(30));
        assertThat(timers).hasSize(1);
        queue.add(ONE);
        assertThat(timers).isEmpty();
        runAll();
        queue.addAfter(ONE, Duration.ofSeconds(30));
        timers.getFirst().run();
        runAll();
        assertThat(worked).containsExactly(ONE, ONE);
    }

    @Test
    void afterItsEndNothingIsWorkedOn() {
        queue.open();
        queue.add(ONE);
        queue.close();
        queue.add(ONE);
        runAll();
        assertThat(worked).isEmpty();
        assertThat(timers).isEmpty();
    }
}
