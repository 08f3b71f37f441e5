package io.keyferry.testkit;

import java.util.List;
import java.util.Map;

/**
 * A login of a {@link Vault} with service account tokens of one {@link Cluster}, which this server checks by itself with
 * the public key of the API server.
 */
public final class JwtAuth {
    private final String mount;
    private final String audience;
    private final VaultApi api;

    JwtAuth(String mount, String audience, VaultApi api) {
        this.mount = mount;
        this.audience = audience;
        this.api = api;
    }

    /** The path to log in at, below {@code /v1/}: {@code auth/<mount>/login}. */
    public String loginPath() {
        return "auth/" + mount + "/login";
    }

    /**
     * Lets one service account log in.
     *
     * @param ttl how long its tokens live, such as {@code "1h"}
     */
    public void writeRole(String role, String namespace, String serviceAccount, String ttl, String... policies) {
        api.request(
                "POST",
                "auth/" + mount + "/role/" + role,
                Map.of(
                        "role_type",
                        "jwt",
                        "user_claim",
                        "sub",
                        "bound_subject",
                        "system:serviceaccount:" + namespace + ":" + serviceAccount,
                        "bound_audiences",
                        List.of(audience),
                        "token_policies",
                        List.of(policies),
                        "token_ttl",
                        ttl));
    }
}
