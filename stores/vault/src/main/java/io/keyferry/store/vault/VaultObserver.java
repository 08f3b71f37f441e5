package io.keyferry.store.vault;

import java.time.Duration;

/** Is told of what is done to a Vault, for metrics. Called by many threads; must not block. */
public interface VaultObserver {
    /** A login succeeded, or did not. */
    void loggedIn(boolean success);

    /** A write or a deletion passed the rate limit after this long. */
    void passedLimit(Duration waited);

    /** A write was larger than Vault's usual limit for one entry. */
    void wroteLarge();
}
