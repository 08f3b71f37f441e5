package io.keyferry.store.vault;

import io.keyferry.engine.store.StoreFailure.Kind;

/** There is no token for a ServiceAccount. The message is for the user and holds no token. */
public final class TokenRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * @param kind {@code UNAVAILABLE} or {@code THROTTLED} if asking again may help, {@code DENIED} if the API server
     *     refused, {@code INVALID} if there is no such ServiceAccount
     */
    public TokenRequestException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
