package io.keyferry.operator.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Lists objects page by page, where the operator works. */
public final class Listing {
    private static final int PAGE = 500;

    private final ApiClient api;
    private final Set<String> namespaces;

    /** @param namespaces where the operator works; empty for everywhere */
    public Listing(ApiClient api, Set<String> namespaces) {
        this.api = api;
        this.namespaces = Set.copyOf(namespaces);
    }

    /**
     * All objects, as the API server has them.
     *
     * @param path makes the path of a collection of a namespace's name, which is empty for all namespaces
     */
    public List<JsonNode> of(UnaryOperator<String> path) throws ApiException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        for (String namespace : namespaces.isEmpty() ? Set.of("") : namespaces) {
            String next = "";
            do {
                String more = next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
                JsonNode page = api.get(path.apply(namespace) + "?limit=" + PAGE + more);
                page.path("items").forEach(all::add);
                next = page.at("/metadata/continue").asText();
            } while (!next.isEmpty());
        }
        return all;
    }
}
