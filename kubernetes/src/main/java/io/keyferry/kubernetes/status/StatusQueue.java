package io.keyferry.kubernetes.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which status is to be written when: of each object the latest, and never two of one object at once. Times are those of
 * {@link io.keyferry.engine.time.TimeSource#nanos}. Not thread-safe.
 */
final class StatusQueue {
    /**
     * How long a status is held back. Several in quick succession become one, and whoever waited for the Secret and then
     * edits the object does not meet our write.
     */
    static final Duration HOLD_BACK = Duration.ofMillis(200);

    /** A status to be written now, after so many failures. To be ended with {@link #finish} or {@link #retry}. */
    record Job(StatusRef ref, Object status, int failures) {}

    private record Slot(StatusRef ref, long due, long ticket) {}

    private record Waiting(Object status, int failures, Slot slot) {}

    private final Map<StatusRef, Waiting> waiting = new HashMap<>();
    /** Whether what is under way is still wanted, by object. */
    private final Map<StatusRef, Boolean> running = new HashMap<>();
    /** Has a slot of everything that waits and is not running; slots nothing waits in are passed over. */
    private final PriorityQueue<Slot> slots = new PriorityQueue<>(StatusQueue::compare);

    private long tickets;

    /** Takes the place of what waits for the same object, and of its time unless that is later. */
    void add(StatusRef ref, Object status, long now) {
        long due = now + HOLD_BACK.toNanos();
        Waiting before = waiting.get(ref);
        if (before != null && before.slot().due() - due <= 0) {
            waiting.put(ref, new Waiting(status, 0, before.slot()));
        } else {
            put(ref, status, 0, due);
        }
    }

    /** Whatever is due and whose object has nothing under way, the longest due first. */
    Optional<Job> take(long now) {
        Slot head = head();
        if (head == null || head.due() - now > 0) {
            return Optional.empty();
        }
        slots.remove();
        running.put(head.ref(), true);
        return Optional.ofNullable(waiting.remove(head.ref()))
                .map(taken -> new Job(head.ref(), taken.status(), taken.failures()));
    }

    /** Nanoseconds until {@link #take} has something; empty if that takes another call first. */
    OptionalLong untilDue(long now) {
        Slot head = head();
        return head == null ? OptionalLong.empty() : OptionalLong.of(head.due() - now);
    }

    /** The job is over, for good or ill. */
    void finish(Job job) {
        running.remove(job.ref());
        Waiting newer = waiting.get(job.ref());
        if (newer != null) {
            slots.add(newer.slot());
        }
    }

    /** The job is to be done once more, unless there is something newer or its object is gone. */
    void retry(Job job, int failures, long due) {
        boolean wanted = running.getOrDefault(job.ref(), false);
        finish(job);
        if (wanted && !waiting.containsKey(job.ref())) {
            put(job.ref(), job.status(), failures, due);
        }
    }

    /** The object is gone. */
    void forget(StatusRef ref) {
        waiting.remove(ref);
        running.replace(ref, false);
    }

    /** How many objects have a status that waits or is under way. */
    int size() {
        long alone = running.entrySet().stream()
                .filter(entry -> entry.getValue() && !waiting.containsKey(entry.getKey()))
                .count();
        return waiting.size() + (int) alone;
    }

    private void put(StatusRef ref, Object status, int failures, long due) {
        Slot slot = new Slot(ref, due, tickets++);
        waiting.put(ref, new Waiting(status, failures, slot));
        if (!running.containsKey(ref)) {
            slots.add(slot);
        }
    }

    private @Nullable Slot head() {
        Slot head = slots.peek();
        while (head != null && !isTaken(head)) {
            slots.remove();
            head = slots.peek();
        }
        return head;
    }

    private boolean isTaken(Slot slot) {
        Waiting occupant = waiting.get(slot.ref());
        return occupant != null && occupant.slot().ticket() == slot.ticket();
    }

    /** By difference, as monotonic time may overflow. */
    private static int compare(Slot a, Slot b) {
        int byDue = Long.signum(a.due() - b.due());
        return byDue != 0 ? byDue : Long.compare(a.ticket(), b.ticket());
    }
}
