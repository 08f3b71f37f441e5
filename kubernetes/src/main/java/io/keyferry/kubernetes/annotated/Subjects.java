package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.time.TimeSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The objects that ask for something as they were seen last, each with the moment at which it began to ask for that. */
final class Subjects {
    /** @param seenAt in monotonic nanoseconds */
    record Seen(Subject subject, long seenAt) {}

    private final ConcurrentHashMap<SubjectRef, Seen> seen = new ConcurrentHashMap<>();
    private final TimeSource time;

    Subjects(TimeSource time) {
        this.time = time;
    }

    /** Takes in an object. @return whether it asks for something else than before */
    boolean saw(Subject subject) {
        boolean[] news = new boolean[1];
        seen.compute(subject.ref(), (ref, before) -> {
            if (before != null && subject.isNoNewerThan(before.subject())) {
                return before;
            }
            if (before != null && subject.asksAs(before.subject())) {
                return new Seen(subject, before.seenAt());
            }
            news[0] = true;
            return new Seen(subject, time.nanos());
        });
        return news[0];
    }

    /** Takes in what an edit of our own made of an object. */
    void edited(Subject subject) {
        seen.computeIfPresent(
                subject.ref(),
                (ref, before) -> subject.isNoNewerThan(before.subject()) ? before : new Seen(subject, before.seenAt()));
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

    Set<SubjectRef> refs() {
        return Set.copyOf(seen.keySet());
    }

    int size() {
        return seen.size();
    }
}
