package io.keyferry.bench;

import io.keyferry.testkit.RecordedRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Requests that servers got in some while.
 *
 * @param api requests to the API server by verb and resource, by everybody; {@link #apiCalls} leaves out the garbage collector's
 * @param secretReads of Vault's key-value engine
 * @param mountProbes of Vault
 * @param otherVault all other requests to Vault
 */
record Counts(Map<String, Long> api, long secretReads, long mountProbes, long otherVault) {
    /** Requests about these are what is measured; the API server also talks to itself and to its controllers. */
    private static final Set<String> RESOURCES = Set.of("secrets", "vaultsecrets", "vaultsecrets/status", "events");

    /**
     * The garbage collector asks for owners of a kind that it does not know yet; the operator never asks for one object.
     * Its own count, which is reported beside, would show it.
     */
    private static final String COLLECTORS = "GET vaultsecrets";

    static Map<String, Long> ofInterest(Map<String, Long> counts) {
        Map<String, Long> some = new TreeMap<>(counts);
        some.keySet().removeIf(request -> !RESOURCES.contains(request.substring(request.indexOf(' ') + 1)));
        return some;
    }

    static Counts between(Map<String, Long> before, Map<String, Long> after, List<RecordedRequest> vault) {
        Map<String, Long> api = ofInterest(after);
        api.replaceAll((request, count) -> count - before.getOrDefault(request, 0L));
        api.values().removeIf(more -> more == 0);
        long probes = vault.stream()
                .filter(request -> request.path().startsWith("/v1/sys/internal/ui/mounts"))
                .count();
        long reads = vault.stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().contains("/data/"))
                .count();
        return new Counts(api, reads, probes, vault.size() - probes - reads);
    }

    long apiCalls() {
        return api.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(COLLECTORS))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many requests of one kind there were. */
    long api(String request) {
        return api.getOrDefault(request, 0L);
    }

    /** Requests that change Secrets that are there. */
    long changesOfSecrets() {
        return api("PUT secrets") + api("PATCH secrets") + api("APPLY secrets") + api("DELETE secrets");
    }

    /** What goes on by itself, whatever the operator does. */
    static boolean isBackground(String request) {
        return request.equals(COLLECTORS) || request.endsWith(" events");
    }
}
