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
            // Roles cannot tell by name what is not there yet.
            String named = verb.equals("create") ? "" : name;
            if (!may(new Attributes(verb, "coordination.k8s.io", "leases", namespace, named))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Something done to resources.
     *
     * @param group the API group; empty for the core's
     * @param resource the plural name, with a subresource after a slash
     * @param namespace empty for all
     * @param name empty for any
     */
    public record Attributes(String verb, String group, String resource, String namespace, String name) {
        /** The same in a namespace. */
        public Attributes in(String other) {
            return new Attributes(verb, group, resource, other, name);
        }

        /** The resource with its group, as kubectl writes it. */
        public String qualified() {
            int slash = resource.indexOf('/');
            int end = slash < 0 ? resource.length() : slash;
            return group.isEmpty() ? resource : resource.substring(0, end) + "." + group + resource.substring(end);
        }
    }

    /**
     * Whether this program may do something.
     *
     * @throws ApiException if it cannot be told
     */
    public boolean may(Attributes asked) throws ApiException, InterruptedException {
        ObjectNode review =
                api.object().put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        int slash = asked.resource().indexOf('/');
        ObjectNode attributes = review.putObject("spec")
                .putObject("resourceAttributes")
                .put("group", asked.group())
                .put("resource", slash < 0 ? asked.resource() : asked.resource().substring(0, slash))
                .put("namespace", asked.namespace())
                .put("name", asked.name())
                .put("verb", asked.verb());
        if (slash >= 0) {
            attributes.put("subresource", asked.resource().substring(slash + 1));
        }
        return api.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review)
                .path("status")
                .path("allowed")
                .asBoolean();
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
