package io.keyferry.dialect.vsecmsecret;

import java.time.Duration;

/**
 * What applies to all VSecMSecrets.
 *
 * @param shortestInterval what a shorter refresh interval is taken for
 * @param tenancy whether a secret may be used in namespaces that it does not name
 * @param expiry whether a secret may be used before and after the time that it names
 * @param deletesSecrets whether the Secret goes with an object that says nothing of it
 * @param blanksMissing whether the Secret's values become empty when Safe holds no secret, where the object says nothing
 */
public record VSecMSecretSettings(
        Duration shortestInterval,
        Strictness tenancy,
        Strictness expiry,
        boolean deletesSecrets,
        boolean blanksMissing) {
    /** Spec section 5: 10 s; warn of both; keep. */
    public static VSecMSecretSettings defaults() {
        return new VSecMSecretSettings(Duration.ofSeconds(10), Strictness.WARN, Strictness.WARN, false, false);
    }
}
