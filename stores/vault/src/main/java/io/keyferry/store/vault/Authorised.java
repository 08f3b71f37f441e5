package io.keyferry.store.vault;

import io.keyferry.engine.store.StoreException;
import java.util.Optional;

/** Sends requests as one identity; once more with a new token if the present one may have been revoked. */
final class Authorised {
    private final Session session;

    Authorised(Session session) {
        this.session = session;
    }

    /** One request with the token it is given. */
    @FunctionalInterface
    interface Request<T> {
        T send(String token) throws VaultError, StoreException, InterruptedException;
    }

    <T> T send(Request<T> request) throws VaultError, StoreException, InterruptedException {
        Session.Held held = session.token();
        try {
            return request.send(held.token());
        } catch (VaultError e) {
            Optional<Session.Held> other = e.isForbidden() ? session.instead(held) : Optional.empty();
            if (other.isEmpty()) {
                throw e;
            }
            return request.send(other.get().token());
        }
    }
}
