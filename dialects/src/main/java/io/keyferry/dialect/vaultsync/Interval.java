package io.keyferry.dialect.vaultsync;

import io.keyferry.gotext.GoDuration;
import java.time.Duration;
import java.util.Optional;

/**
 * The annotation {@code vault-sync.io/reconcile}.
 *
 * @param period how often to look again; empty for never
 * @param problem why the annotation means nothing, if it is meant to mean something
 */
record Interval(Optional<Duration> period, Optional<String> problem) {
    private static final Duration SHORTEST = Duration.ofSeconds(30);

    static Interval of(String annotation) {
        if (annotation.isEmpty() || annotation.equals("off")) {
            return new Interval(Optional.empty(), Optional.empty());
        }
        try {
            Duration period = GoDuration.parse(annotation);
            return new Interval(Optional.of(period.compareTo(SHORTEST) < 0 ? SHORTEST : period), Optional.empty());
        } catch (IllegalArgumentException e) {
            return new Interval(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
