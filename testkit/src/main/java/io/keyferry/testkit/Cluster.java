package io.keyferry.testkit;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A real Kubernetes API server with RBAC, garbage collection, namespace deletion and default service accounts, and
 * without nodes: no pod ever runs. Everything it made is gone after {@link #close()}.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final ControlPlane controlPlane;
    private final KubernetesClient admin;
    private final ConcurrentLinkedQueue<KubernetesClient> clients = new ConcurrentLinkedQueue<>();

    private Cluster(Path folder, ControlPlane controlPlane) {
        this.folder = folder;
        this.controlPlane = controlPlane;
        this.admin = clientFor(controlPlane.adminToken());
    }

    /** Starts a cluster of one's own, in about four seconds; tests rather take the shared one as a parameter. */
    public static Cluster start() {
        return WorkFolder.with("cluster", folder -> new Cluster(folder, ControlPlane.start(folder)));
    }

    /** The API server's URL; it stays the same over restarts. */
    public String address() {
        return controlPlane.address();
    }

    /** The issuer of its service account tokens, which is also their default audience. */
    public String issuer() {
        return ControlPlane.ISSUER;
    }

    /** The PEM file of the certificates that the API server's TLS is to be checked with. */
    public Path certificateAuthority() {
        return controlPlane.certificateAuthority();
    }

    /** The text of {@link #certificateAuthority()}. */
    public String certificates() {
        return read(certificateAuthority());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The PEM file of the key that belongs to {@link #certificateAuthority()}. */
    Path certificateKey() {
        return controlPlane.certificateKey();
    }

    /** The public key in PEM with which its service account tokens can be checked. */
    public String serviceAccountKey() {
        return read(folder.resolve(SigningKeys.PUBLIC));
    }

    /** A client that may do everything. */
    public KubernetesClient client() {
        return admin;
    }

    /** The kubeconfig file of a user who may do everything. */
    public Path kubeconfig() {
        return folder.resolve("admin.kubeconfig");
    }

    /** A client for a bearer token; it is closed with the cluster at the latest. */
    public KubernetesClient clientFor(String token) {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(controlPlane.config(token))
                .build();
        clients.add(client);
        return client;
    }

    /** Writes a kubeconfig file for a bearer token. */
    public Path kubeconfigFor(String token) {
        return controlPlane.writeKubeconfig(UUID.randomUUID() + ".kubeconfig", token);
    }

    /** Creates a namespace with a name that no other test has. */
    public String newNamespace() {
        String name = "test-" + UUID.randomUUID().toString().substring(0, 13);
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** Creates a service account, which may do nothing yet. */
    public void newServiceAccount(String namespace, String name) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** A token of a service account for one hour, for the API server itself if no audience is named. */
    public String tokenOf(String namespace, String serviceAccount, String... audiences) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(List.of(audiences))
                .withExpirationSeconds(3600L)
                .endSpec()
                .build();
        return admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    /** Applies a YAML file of CustomResourceDefinitions and waits until the API server serves them. */
    public void applyCrds(Path yaml) {
        try (InputStream in = Files.newInputStream(yaml)) {
            for (var item : admin.load(in).items()) {
                if (!(item instanceof CustomResourceDefinition crd)) {
                    throw new IllegalArgumentException(yaml + " holds a " + item.getKind());
                }
                admin.resource(crd).forceConflicts().serverSideApply();
                admin.resource(crd)
                        .waitUntilCondition(Cluster::established, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How many requests the API server has served since it started, by everybody: count by verb and resource, such as
     * {@code "POST secrets"} or {@code "APPLY secrets"}, with the subresource after a slash. A watch counts when it
     * ends.
     */
    public Map<String, Long> requestCounts() {
        Map<String, Long> counts = new TreeMap<>();
        metrics().of("apiserver_request_total").forEach((labels, value) -> {
            String resource = labels.getOrDefault("resource", "");
            String subresource = labels.containsKey("subresource") ? "/" + labels.get("subresource") : "";
            counts.merge(labels.get("verb") + " " + resource + subresource, value.longValue(), Long::sum);
        });
        return counts;
    }

    /**
     * What a service account has asked for and was allowed since the API server started, whatever the namespace and the
     * group: {@code "list secrets"}, {@code "patch vaultsecrets/status"}.
     */
    public Set<String> requestsOf(String namespace, String serviceAccount) {
        return controlPlane.audit().requests(namespace, serviceAccount, false);
    }

    /** The same for what it was refused. */
    public Set<String> refusedTo(String namespace, String serviceAccount) {
        return controlPlane.audit().requests(namespace, serviceAccount, true);
    }

    /** What the API server tells of itself. */
    public Samples metrics() {
        return Samples.parse(admin.raw("/metrics"));
    }

    /** Kills the API server; what it stored stays. */
    public void stopApiServer() {
        controlPlane.killApiServer();
    }

    /** Starts the API server at the same address, if it does not run, and waits until it is ready. */
    public void startApiServer() {
        if (!controlPlane.apiServerRuns()) {
            controlPlane.restartApiServer();
        }
    }

    public void restartApiServer() {
        controlPlane.restartApiServer();
    }

    List<Long> pids() {
        return controlPlane.pids();
    }

    @Override
    public void close() {
        clients.forEach(KubernetesClient::close);
        controlPlane.kill();
        WorkFolder.delete(folder);
    }

    private static boolean established(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
