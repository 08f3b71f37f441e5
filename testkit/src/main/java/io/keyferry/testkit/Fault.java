package io.keyferry.testkit;

import java.time.Duration;
import java.util.Map;

/** What a {@link FaultProxy} does with a request instead of just passing it on. */
public sealed interface Fault {
    /** Never answers; the connection ends when the proxy is healed. */
    record Hang() implements Fault {}

    /** Resets the connection (TCP RST) once the request is read. */
    record Reset() implements Fault {}

    /**
     * Does something at this point of a conversation, then resets the connection.
     *
     * @param passedOn whether the server has got and done what was asked, of which the client is not told
     */
    record Cut(boolean passedOn, Runnable meanwhile) implements Fault {}

    /** Passes the request on, but answers only after {@code delay} and then with {@code pause} before each byte. */
    record Slow(Duration delay, Duration pause) implements Fault {}

    /** Answers by itself. */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    /** Answers 200 with a body of so many bytes: one JSON string that seems to have no end. */
    record Huge(long bytes) implements Fault {}

    static Fault hang() {
        return new Hang();
    }

    static Fault reset() {
        return new Reset();
    }

    /** Does something before the server gets the request, which it never does. */
    static Fault cutBefore(Runnable meanwhile) {
        return new Cut(false, meanwhile);
    }

    /** Does something when the server has done what was asked, and before the client is told, which it never is. */
    static Fault cutAfter(Runnable meanwhile) {
        return new Cut(true, meanwhile);
    }

    static Fault slow(Duration delay) {
        return new Slow(delay, Duration.ZERO);
    }

    static Fault trickle(Duration pauseBeforeEachByte) {
        return new Slow(Duration.ZERO, pauseBeforeEachByte);
    }

    /** An answer as Vault gives errors: {@code {"errors":["injected"]}}. */
    static Fault status(int status) {
        return new Answer(status, Map.of("Content-Type", "application/json"), "{\"errors\":[\"injected\"]}");
    }

    /** Status 429 with a {@code Retry-After} in whole seconds. */
    static Fault tooManyRequests(Duration retryAfter) {
        return new Answer(
                429, Map.of("Retry-After", Long.toString(retryAfter.toSeconds())), "{\"errors\":[\"injected\"]}");
    }

    /** Status 200 and, by its Content-Type, JSON; but the body is none. */
    static Fault garbage() {
        return new Answer(200, Map.of("Content-Type", "application/json"), "<html>\u0000{\"data\":");
    }

    static Fault huge(long bytes) {
        return new Huge(bytes);
    }
}
