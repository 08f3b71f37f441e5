package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.time.TimeSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The objects that ask for something as they were seen last, each with the moment at which it began to ask for that. */
final class Subjects {
    /**
     * An object in sight.
     *
     * @param seenAt in monotonic nanoseconds
     * @param edited what an edit of ours that is under way makes of it; null if there is none
     */
    record Seen(Subject subject, long seenAt, @Nullable Subject edited) {
        private Seen now(Subject later) {
            return later.isNoNewerThan(subject) ? this : new Seen(later, seenAt, edited);
        }

        private boolean asksAs(Subject later) {
            return later.asksAs(subject) || (edited != null && later.asksAs(edited));
        }
    }

    private final ConcurrentHashMap<SubjectRef, Seen> seen = new ConcurrentHashMap<>();
    private final TimeSource time;

    Subjects(TimeSource time) {
        this.time = time;
    }

    /** Takes in an object. @return whether somebody else made it ask for something else than before */
    boolean saw(Subject subject) {
        boolean[] news = new boolean[1];
        seen.compute(subject.ref(), (ref, before) -> {
            if (before != null && before.asksAs(subject)) {
                return before.now(subject);
            }
            if (before != null && subject.isNoNewerThan(before.subject())) {
                return before;
            }
            news[0] = true;
            return new Seen(subject, time.nanos(), null);
        });
        return news[0];
    }

    /** An edit of our own begins that makes the object be so; its echo is no news. */
    void editing(Subject next) {
        seen.computeIfPresent(next.ref(), (ref, now) -> new Seen(now.subject(), now.seenAt(), next));
    }

    /** An edit of our own ended; {@code after} is what the object is then, as before if it failed. */
    void edited(Subject after) {
        seen.computeIfPresent(
                after.ref(), (ref, before) -> new Seen(before.now(after).subject(), before.seenAt(), null));
    }

    /** @return whether it was there */
    boolean lost(SubjectRef ref) {
        return seen.remove(ref) != null;
    }

    /** Forgets an object that has settled as it was seen, unless something was seen since. */
    void settled(Subject subject) {
        seen.computeIfPresent(
                subject.ref(),
                (ref, now) -> now.subject().resourceVersion().equals(subject.resourceVersion()) ? null : now);
    }

    Optional<Seen> get(SubjectRef ref) {
        return Optional.ofNullable(seen.get(ref));
    }

    List<Subject> all() {
        return seen.values().stream().map(Seen::subject).toList();
    }

    int size() {
        return seen.size();
    }
}
