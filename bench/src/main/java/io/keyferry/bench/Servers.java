package io.keyferry.bench;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KvMount;
import io.keyferry.testkit.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Fresh servers for one run; they are gone with it. Vault is reached through a proxy that counts. */
final class Servers implements AutoCloseable {
    private static final Path CRD = Path.of("..", "deploy", "crds", "vaultsecrets.yaml");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Cluster cluster;
    private final Vault vault;
    private final KvMount mount;
    private final ApiServer api;

    private Servers(Cluster cluster, Vault vault) {
        this.cluster = cluster;
        this.vault = vault;
        this.mount = vault.newMount(2);
        this.api = ApiServer.of(cluster);
        cluster.applyCrds(CRD);
    }

    static Servers start() {
        Cluster cluster = Cluster.start();
        try {
            return new Servers(cluster, Vault.start());
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    Cluster cluster() {
        return cluster;
    }

    Vault vault() {
        return vault;
    }

    KvMount mount() {
        return mount;
    }

    ApiServer api() {
        return api;
    }

    void seed(int secrets) {
        for (int i = 0; i < secrets; i++) {
            mount.put(Workload.vaultPath(i), Workload.value(i, 0));
        }
    }

    String readToken() {
        return vault.newToken("24h", vault.newPolicy(mount.readPolicy()));
    }

    void namespace(String name) {
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /**
     * The API server's counters, once those of Secrets and statuses stand still: it counts a request some time after it
     * answered.
     */
    Map<String, Long> settledCounts() {
        AtomicReference<Map<String, Long>> last = new AtomicReference<>(Map.of());
        Awaitility.await("the API server's counters to stand still")
                .atMost(PATIENCE)
                .until(() -> {
                    Map<String, Long> now = Counts.ofInterest(cluster.requestCounts());
                    return withoutBackground(now).equals(withoutBackground(last.getAndSet(now)));
                });
        return last.get();
    }

    private static Map<String, Long> withoutBackground(Map<String, Long> counts) {
        Map<String, Long> some = new TreeMap<>(counts);
        some.keySet().removeIf(Counts::isBackground);
        return some;
    }

    @Override
    public void close() {
        vault.close();
        cluster.close();
    }
}
