package io.keyferry.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Secrets that are created, watched and removed, and questions to Vault, before anything is measured, so that the servers and
 * the bench itself are as warm for whoever comes first as for those who follow.
 */
final class WarmUp {
    private static final String NAMESPACE = "warm-up";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private WarmUp() {}

    static void run(Servers servers, int count) throws IOException, InterruptedException {
        secrets(servers, count);
        vault(servers, count);
    }

    /** The proxy before Vault is a part of the bench. */
    private static void vault(Servers servers, int count) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(servers.vault().address() + "/v1/sys/health"))
                .timeout(PATIENCE)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < count; i++) {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status != 200) {
                    throw new IOException("Vault's health is " + status);
                }
            }
        }
    }

    private static void secrets(Servers servers, int count) throws IOException, InterruptedException {
        servers.namespace(NAMESPACE);
        String path = Workload.secretsIn(NAMESPACE);
        Arrivals created = new Arrivals(count);
        Arrivals removed = new Arrivals(count);
        try (Watch _ = Watch.on(servers.api(), path, event -> {
                    if (event.is("ADDED")) {
                        created.add(event.name());
                    } else if (event.is("DELETED")) {
                        removed.add(event.name());
                    }
                });
                LeanWriter writer = new LeanWriter(servers.api())) {
            Duration _ = writer.create(path, Workload.copies(secret(), count));
            created.await("Secrets of the warm-up", PATIENCE);
            servers.cluster().client().raw(path, "DELETE", null);
            removed.await("removals of the warm-up", PATIENCE);
        }
    }

    private static ObjectNode secret() {
        ObjectNode secret = Workload.read("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{}}");
        secret.putObject("stringData").put("username", "nobody").put("password", "nothing");
        return secret;
    }
}
