package io.keyferry.store.vault;

/** Where tokens of Kubernetes ServiceAccounts come from. */
@FunctionalInterface
public interface TokenSource {
    /**
     * Asks the API server for a fresh token.
     *
     * @param namespace the ServiceAccount's namespace
     * @param serviceAccount its name
     * @param audience whom the token is for, empty for the API server's default
     * @return a JWT
     * @throws TokenRequestException if the API server gave none
     * @throws InterruptedException if the operator is stopping
     */
    String request(String namespace, String serviceAccount, String audience)
            throws TokenRequestException, InterruptedException;
}
