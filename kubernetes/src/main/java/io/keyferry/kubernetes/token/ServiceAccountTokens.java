package io.keyferry.kubernetes.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.ObjectNames;

/** Asks the API server for tokens of ServiceAccounts (TokenRequest). */
public final class ServiceAccountTokens {
    private final ApiClient api;

    public ServiceAccountTokens(ApiClient api) {
        this.api = api;
    }

    /**
     * A fresh token with the API server's default lifetime.
     *
     * @param audience whom the token is for; empty for the API server's default
     */
    public String request(String namespace, String serviceAccount, String audience)
            throws ApiException, InterruptedException {
        if (!ObjectNames.isValid(serviceAccount)) {
            throw new ApiException(400, "\"%s\" is no name of a ServiceAccount".formatted(serviceAccount));
        }
        ObjectNode body =
                api.object().put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        ObjectNode spec = body.putObject("spec");
        if (!audience.isEmpty()) {
            spec.putArray("audiences").add(audience);
        }
        String path = "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(namespace, serviceAccount);
        String token = api.post(path, body).path("status").path("token").asText();
        if (token.isEmpty()) {
            throw new ApiException(200, "the API server's answer holds no token");
        }
        return token;
    }
}
