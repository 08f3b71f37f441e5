package io.keyferry.store.vault;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The wait before a request is repeated: 1 to 1.5 s times the number of the attempt, as the Go client's linear jitter,
 * or as long as the server asked. A server that asks for more than ten seconds is not waited for here.
 */
final class RetryPause {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Waits. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    private final Sleeper sleeper;
    private final DoubleSupplier random;

    RetryPause(Sleeper sleeper, DoubleSupplier random) {
        this.sleeper = sleeper;
        this.random = random;
    }

    /** Waits before attempt {@code attempt}, counted from 1, unless the server asked for too long a pause. */
    boolean before(int attempt, Optional<Duration> retryAfter) throws InterruptedException {
        if (retryAfter.isPresent() && retryAfter.get().compareTo(LONGEST) > 0) {
            return false;
        }
        Duration jittered = Duration.ofMillis((long) ((1000 + 500 * random.getAsDouble()) * attempt));
        Duration asked = retryAfter.orElse(Duration.ZERO);
        sleeper.sleep(asked.compareTo(jittered) > 0 ? asked : jittered);
        return true;
    }
}
