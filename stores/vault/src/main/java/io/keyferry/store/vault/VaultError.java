package io.keyferry.store.vault;

import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import java.time.Duration;
import java.util.Optional;

/**
 * One exchange with Vault failed. Whoever asked for it knows how far the read had come, and adds that with {@link #at}.
 */
final class VaultError extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int status;
    private final boolean passing;
    private final transient Optional<Duration> retryAfter;

    private VaultError(Kind kind, int status, boolean passing, String message, Optional<Duration> retryAfter) {
        super(message, null, false, false);
        this.kind = kind;
        this.status = status;
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /** Vault answered with an error status. What may be repeated is the Go client's {@code DefaultRetryPolicy}. */
    static VaultError answered(Kind kind, int status, String message, Optional<Duration> retryAfter) {
        boolean passing = status == 412 || status == 429 || (status >= 500 && status != 501);
        return new VaultError(kind, status, passing, message, retryAfter);
    }

    /** Request or answer made no sense. */
    static VaultError invalid(String message) {
        return new VaultError(Kind.INVALID, 0, false, message, Optional.empty());
    }

    /** There was no answer, and asking again at once may help. */
    static VaultError unreachable(String message) {
        return new VaultError(Kind.UNAVAILABLE, 0, true, message, Optional.empty());
    }

    /** There was no answer, and asking again at once would not help. */
    static VaultError unavailable(String message) {
        return new VaultError(Kind.UNAVAILABLE, 0, false, message, Optional.empty());
    }

    /** Whether the same request may be repeated at once. */
    boolean isPassing() {
        return passing;
    }

    /** Whether others who asked the same server at the same time may take this for their own failure. */
    boolean isShared() {
        return kind == Kind.UNAVAILABLE || kind == Kind.THROTTLED;
    }

    /** Whether Vault refused this to the token: it may have been revoked. */
    boolean isForbidden() {
        return status == 403;
    }

    /** The HTTP status, 0 if there was no answer. */
    int status() {
        return status;
    }

    Kind kind() {
        return kind;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    VaultError prefixed(String prefix) {
        return new VaultError(kind, status, passing, prefix + text(), retryAfter);
    }

    /** That Vault fails at one secret, as an engine may at its own back-end, says nothing about others. */
    private Kind kind(Phase phase) {
        return phase == Phase.READ && (status == 500 || status == 501) ? Kind.INVALID : kind;
    }

    StoreException at(Phase phase) {
        return new StoreException(new StoreFailure(kind(phase), phase, text(), retryAfter));
    }
}
