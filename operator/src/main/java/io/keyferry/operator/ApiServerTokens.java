package io.keyferry.operator;

import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.token.ServiceAccountTokens;
import io.keyferry.store.vault.TokenRequestException;
import io.keyferry.store.vault.TokenSource;

/** Gives the Vault store the tokens that the API server makes. */
final class ApiServerTokens implements TokenSource {
    private final ServiceAccountTokens tokens;

    ApiServerTokens(ServiceAccountTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String request(String namespace, String serviceAccount, String audience)
            throws TokenRequestException, InterruptedException {
        try {
            return tokens.request(namespace, serviceAccount, audience);
        } catch (ApiException e) {
            throw new TokenRequestException(e.kind(), String.valueOf(e.getMessage()));
        }
    }
}
