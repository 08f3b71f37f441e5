package io.keyferry.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How often is looked again at what a sync depends on.
 *
 * @param poll how often remote sources are looked at; empty for never, not even if others find something new there
 * @param recovery how often they are looked at while they keep the recipe from making content, if not more often anyway;
 *     empty for no more often than otherwise
 * @param rerun how often the sync is run though nothing woke it; empty for never
 */
public record Refresh(Optional<Duration> poll, Optional<Duration> recovery, Optional<Duration> rerun) {
    private static final Duration RECOVERY = Duration.ofSeconds(15);

    /** Looks at sources and runs once in {@code period}, and every 15 seconds at sources that are in the way. */
    public static Refresh every(Optional<Duration> period) {
        return new Refresh(period, Optional.of(RECOVERY), period);
    }

    /** The longest pause after which a sync that failed is run again, if there is one. */
    public Optional<Duration> longestPause() {
        return rerun.or(() -> poll);
    }

    Optional<Duration> whileFailing() {
        return recovery.map(faster ->
                        poll.filter(period -> period.compareTo(faster) < 0).orElse(faster))
                .or(() -> poll);
    }
}
