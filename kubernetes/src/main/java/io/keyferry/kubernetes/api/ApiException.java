package io.keyferry.kubernetes.api;

import io.keyferry.engine.store.StoreFailure;

/** The API server refused a request or could not be reached. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The code of a request that never got an answer. */
    public static final int UNREACHED = 0;

    private final int code;

    public ApiException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The HTTP status code, or {@link #UNREACHED}. */
    public int code() {
        return code;
    }

    /** Whether any other request would have failed as well. */
    public boolean isServersFault() {
        return code == UNREACHED || code == 429 || code >= 500;
    }

    /** What the engine should make of it where the API server is a source. */
    public StoreFailure.Kind kind() {
        if (isServersFault()) {
            return code == 429 ? StoreFailure.Kind.THROTTLED : StoreFailure.Kind.UNAVAILABLE;
        }
        return code == 401 || isForbidden() ? StoreFailure.Kind.DENIED : StoreFailure.Kind.INVALID;
    }

    public boolean isConflict() {
        return code == 409;
    }

    /** Whether the API server gave no answer at all. */
    public boolean isUnreached() {
        return code == UNREACHED;
    }

    public boolean isForbidden() {
        return code == 403;
    }

    /** Whether what was asked for is too old to be told. */
    public boolean isGone() {
        return code == 410;
    }

    public boolean isNotFound() {
        return code == 404;
    }
}
