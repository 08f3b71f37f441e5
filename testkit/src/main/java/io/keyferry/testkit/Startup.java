package io.keyferry.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Waits until a started program answers; its early end or its silence is an error that shows its log. */
final class Startup {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration INTERVAL = Duration.ofMillis(25);

    private Startup() {}

    static void await(String name, ChildProcess process, BooleanSupplier ready) {
        try {
            Awaitility.await(name)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(INTERVAL)
                    .until(() -> !process.isAlive() || ready.getAsBoolean());
        } catch (RuntimeException e) {
            process.kill();
            throw new IllegalStateException(name + " is not ready; the end of its log:\n" + process.tail(), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended; the end of its log:\n" + process.tail());
        }
    }
}
