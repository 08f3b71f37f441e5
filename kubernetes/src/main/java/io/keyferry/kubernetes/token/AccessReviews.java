package io.keyferry.kubernetes.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import java.util.List;

/** Asks the API server who bears a token, and what they may do (TokenReview, SubjectAccessReview). */
public final class AccessReviews {
    private final ApiClient api;

    public AccessReviews(ApiClient api) {
        this.api = api;
    }

    /** What came of it. */
    public sealed interface Verdict {
        /** They may. */
        record Allowed() implements Verdict {}

        /** The token is nobody's. */
        record Unknown() implements Verdict {}

        /** They may not. */
        record Denied(String user) implements Verdict {}
    }

    /**
     * Whether whoever bears {@code token} may {@code verb} the path {@code path}, which is no resource.
     *
     * @throws ApiException if it cannot be told
     */
    public Verdict review(String token, String verb, String path) throws ApiException, InterruptedException {
        ObjectNode review =
                api.object().put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
        review.putObject("spec").put("token", token);
        JsonNode status =
                api.post("/apis/authentication.k8s.io/v1/tokenreviews", review).path("status");
        if (!status.path("authenticated").asBoolean()) {
            return new Verdict.Unknown();
        }
        JsonNode user = status.path("user");
        return mayDo(user, verb, path)
                ? new Verdict.Allowed()
                : new Verdict.Denied(user.path("username").asText());
    }

    /**
     * Whether this program may do all that leader election by a lease takes.
     *
     * @throws ApiException if it cannot be told
     */
    public boolean mayUseLease(String namespace, String name) throws ApiException, InterruptedException {
        for (String verb : List.of("get", "create", "update")) {
            ObjectNode review =
                    api.object().put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
            // Roles cannot tell by name what is not there yet.
            review.putObject("spec")
                    .putObject("resourceAttributes")
                    .put("group", "coordination.k8s.io")
                    .put("resource", "leases")
                    .put("namespace", namespace)
                    .put("name", verb.equals("create") ? "" : name)
                    .put("verb", verb);
            if (!api.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review)
                    .path("status")
                    .path("allowed")
                    .asBoolean()) {
                return false;
            }
        }
        return true;
    }

    private boolean mayDo(JsonNode user, String verb, String path) throws ApiException, InterruptedException {
        ObjectNode review =
                api.object().put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec = review.putObject("spec");
        spec.put("user", user.path("username").asText())
                .put("uid", user.path("uid").asText());
        if (user.path("groups").isArray()) {
            spec.set("groups", user.path("groups"));
        }
        if (user.path("extra").isObject()) {
            spec.set("extra", user.path("extra"));
        }
        spec.putObject("nonResourceAttributes").put("verb", verb).put("path", path);
        return api.post("/apis/authorization.k8s.io/v1/subjectaccessreviews", review)
                .path("status")
                .path("allowed")
                .asBoolean();
    }
}
