package io.keyferry.store.vault;

import io.keyferry.engine.store.StoreException;
import java.util.Optional;

/** How one identity proves itself to one Vault. */
interface Session {
    /**
     * A token in use.
     *
     * @param brandNew whether this very call obtained it, so that a refusal cannot be due to its age
     */
    record Held(String token, boolean brandNew) {
        @Override
        public String toString() {
            return "Held(masked)";
        }
    }

    /** The token to use now. */
    Held token() throws StoreException, InterruptedException;

    /** Another token after Vault refused something to {@code refused}, or empty if the refusal stands. */
    Optional<Held> instead(Held refused) throws StoreException, InterruptedException;
}
