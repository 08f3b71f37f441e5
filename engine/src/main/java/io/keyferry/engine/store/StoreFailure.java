package io.keyferry.engine.store;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a store gave no answer.
 *
 * @param kind what the engine should make of it
 * @param phase how far the attempt came
 * @param reason the store's own stable word for it in CamelCase, for example {@code PeerUntrusted}; empty if the kind says
 *     all there is to say
 * @param message for the user, in the words of the store's original client; holds no secret value
 * @param retryAfter how long the store asked to be left alone, if it did
 */
public record StoreFailure(Kind kind, Phase phase, String reason, String message, Optional<Duration> retryAfter) {
    /** What the engine should make of a failure. */
    public enum Kind {
        /** Not reached, timed out, or out of order: counts towards the store's circuit breaker. */
        UNAVAILABLE,
        /** Asked to slow down. */
        THROTTLED,
        /** Reached, and refused to this identity. */
        DENIED,
        /** Reached, and the request or its answer made no sense. */
        INVALID
    }

    /** How far an attempt came. */
    public enum Phase {
        /** Becoming the identity: fetching a token, logging in. */
        AUTHENTICATE,
        /** Finding out how to ask, for example which engine is mounted at a path. */
        DISCOVER,
        /** Asking. */
        READ
    }

    public StoreFailure(Kind kind, Phase phase, String message, Optional<Duration> retryAfter) {
        this(kind, phase, "", message, retryAfter);
    }

    public StoreFailure(Kind kind, Phase phase, String message) {
        this(kind, phase, message, Optional.empty());
    }

    /** The same failure under a word of the store's. */
    public StoreFailure because(String reason) {
        return new StoreFailure(kind, phase, reason, message, retryAfter);
    }
}
