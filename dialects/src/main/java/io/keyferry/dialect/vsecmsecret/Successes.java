package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When each object was in order last, since the operator started. */
final class Successes {
    private static final int PATIENCE = 3;

    private record Name(String namespace, String name) {}

    /** @param since the last success, or when the object was seen first */
    private record Standing(Instant since, boolean succeeded) {}

    private final Map<Name, Standing> standings = new ConcurrentHashMap<>();
    private final TimeSource time;

    Successes(TimeSource time) {
        this.time = time;
    }

    void succeeded(String namespace, String name) {
        standings.put(new Name(namespace, name), new Standing(time.now(), true));
    }

    /** Whether the object has not been in order for three of its intervals. */
    boolean isOverdue(String namespace, String name, Optional<Duration> interval) {
        Instant now = time.now();
        Standing standing = standings.computeIfAbsent(new Name(namespace, name), _ -> new Standing(now, false));
        return interval.filter(every -> isPast(standing.since(), every, now)).isPresent();
    }

    private static boolean isPast(Instant since, Duration every, Instant now) {
        return Duration.between(since, now).dividedBy(PATIENCE).compareTo(every) >= 0;
    }

    Optional<Instant> last(String namespace, String name) {
        return Optional.ofNullable(standings.get(new Name(namespace, name)))
                .filter(Standing::succeeded)
                .map(Standing::since);
    }

    void forget(String namespace, String name) {
        standings.remove(new Name(namespace, name));
    }
}
