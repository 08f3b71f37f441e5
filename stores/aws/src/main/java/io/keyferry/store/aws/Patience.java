package io.keyferry.store.aws;

import java.time.Duration;

/**
 * How long AWS is waited for.
 *
 * @param connect for a connection
 * @param answer for each part of an answer
 * @param call for a call with all its tries
 * @param tries how often a call is tried that failed in passing
 */
record Patience(Duration connect, Duration answer, Duration call, int tries) {
    static Patience standard() {
        return new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), 3);
    }
}
