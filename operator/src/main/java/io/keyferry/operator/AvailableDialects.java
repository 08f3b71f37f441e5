package io.keyferry.operator;

import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.operator.config.OperatorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which of the dialects that are wanted have their custom resources in the cluster, and may see them. */
final class AvailableDialects {
    private final OperatorConfig config;
    private final ApiClient api;

    AvailableDialects(OperatorConfig config, ApiClient api) {
        this.config = config;
        this.api = api;
    }

    /**
     * What was found.
     *
     * @param missing definitions that are not installed
     * @param forbidden definitions whose objects this ServiceAccount may not list, of dialects that nobody named
     */
    record Found(List<DialectFactory<?>> usable, List<String> missing, List<String> forbidden) {}

    /** The dialects to run as soon as they can; all of them, if nobody named any. */
    List<DialectFactory<?>> wanted() {
        return DialectFactory.ALL.stream()
                .filter(dialect -> config.dialects().isEmpty() || isNamed(dialect))
                .toList();
    }

    boolean isNamed(DialectFactory<?> dialect) {
        return config.dialects().contains(dialect.name());
    }

    /**
     * Looks for all but those that need no looking for.
     *
     * @throws ApiException if the API server does not say
     */
    Found look(Predicate<DialectFactory<?>> isRunning) throws ApiException, InterruptedException {
        List<DialectFactory<?>> usable = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> forbidden = new ArrayList<>();
        for (DialectFactory<?> dialect : wanted()) {
            if (isRunning.test(dialect)) {
                continue;
            }
            if (!isInstalled(dialect)) {
                missing.add(dialect.crd());
            } else if (!isNamed(dialect) && !mayList(dialect)) {
                forbidden.add(dialect.crd());
            } else {
                usable.add(dialect);
            }
        }
        return new Found(usable, missing, forbidden);
    }

    private boolean isInstalled(DialectFactory<?> dialect) throws ApiException, InterruptedException {
        try {
            return api.get(dialect.apiPath())
                    .path("resources")
                    .valueStream()
                    .anyMatch(resource -> resource.path("name").asText().equals(dialect.plural()));
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }

    private boolean mayList(DialectFactory<?> dialect) throws ApiException, InterruptedException {
        String namespace = config.namespaces().stream()
                .findFirst()
                .map("/namespaces/"::concat)
                .orElse("");
        try {
            api.get(dialect.apiPath() + namespace + "/" + dialect.plural() + "?limit=1");
            return true;
        } catch (ApiException e) {
            if (e.isForbidden()) {
                return false;
            }
            throw e;
        }
    }
}
