package io.keyferry.testkit;

import java.util.List;
import java.util.Map;

/** A login of a {@link Vault} with service account tokens of one {@link Cluster}. */
public final class KubernetesAuth {
    private final String mount;
    private final VaultApi api;

    KubernetesAuth(String mount, VaultApi api) {
        this.mount = mount;
        this.api = api;
    }

    /** The path to log in at, below {@code /v1/}: {@code auth/<mount>/login}. */
    public String loginPath() {
        return "auth/" + mount + "/login";
    }

    /**
     * Lets a service account log in.
     *
     * @param namespace of the service account, or {@code *}
     * @param serviceAccount its name, or {@code *}
     * @param ttl how long its tokens live, such as {@code "1h"}
     */
    public void writeRole(String role, String namespace, String serviceAccount, String ttl, String... policies) {
        api.request(
                "POST",
                "auth/" + mount + "/role/" + role,
                Map.of(
                        "bound_service_account_names", List.of(serviceAccount),
                        "bound_service_account_namespaces", List.of(namespace),
                        "token_policies", List.of(policies),
                        "token_ttl", ttl));
    }

    /** Logs in and returns the token. */
    public String login(String role, String serviceAccountToken) {
        return api.request("POST", loginPath(), Map.of("role", role, "jwt", serviceAccountToken))
                .at("/auth/client_token")
                .textValue();
    }
}
