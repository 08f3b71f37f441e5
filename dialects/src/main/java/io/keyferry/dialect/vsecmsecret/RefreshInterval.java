package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.Refresh;
import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.content.Problem;
import io.keyferry.gotext.GoDuration;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often is looked again, and what is wrong with what was written if that is never. The original ignored what it could
 * not read.
 *
 * @param period empty for never
 * @param remark what the condition {@code RefreshScheduled} says
 */
record RefreshInterval(Optional<Duration> period, Problem remark) {
    /** How often a source that fails is looked at, where the interval is longer. */
    private static final Duration RECOVERY = Duration.ofMinutes(1);

    static RefreshInterval parse(@Nullable String text, Duration shortest) {
        String written = Objects.requireNonNullElse(text, "");
        if (written.isEmpty()) {
            return never("spec.refreshInterval is empty: use a duration such as 1h");
        }
        Duration duration;
        try {
            duration = GoDuration.parse(written);
        } catch (IllegalArgumentException e) {
            return never("spec.refreshInterval: \"%s\" is no duration: use one such as 90s, 15m or 1h30m"
                    .formatted(OneLine.of(written)));
        }
        if (!duration.isPositive()) {
            return never("spec.refreshInterval: \"%s\" is not above 0: use a duration such as 1h"
                    .formatted(OneLine.of(written)));
        }
        if (duration.compareTo(shortest) < 0) {
            return new RefreshInterval(
                    Optional.of(shortest),
                    new Problem(
                            "IntervalRaised",
                            "every %d ms, since spec.refreshInterval is shorter than that"
                                    .formatted(shortest.toMillis())));
        }
        return new RefreshInterval(Optional.of(duration), new Problem("Interval", "every " + OneLine.of(written)));
    }

    boolean isScheduled() {
        return period.isPresent();
    }

    Refresh refresh() {
        Duration recovery =
                period.filter(every -> every.compareTo(RECOVERY) < 0).orElse(RECOVERY);
        return new Refresh(period, Optional.of(recovery), period);
    }

    private static RefreshInterval never(String why) {
        return new RefreshInterval(Optional.empty(), new Problem("RefreshIntervalUnusable", why));
    }
}
