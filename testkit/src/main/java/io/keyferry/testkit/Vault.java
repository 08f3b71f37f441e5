package io.keyferry.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A real OpenBao behind a {@link FaultProxy}. Clients under test use {@link #address()} and so are counted and see
 * the faults; what this class does itself goes around the proxy. Everything it made is gone after {@link #close()}.
 */
public final class Vault implements AutoCloseable {
    private final Path folder;
    private final OpenBao server;
    private final FaultProxy proxy;
    private final VaultApi api;

    private Vault(Path folder, OpenBao server) {
        this.folder = folder;
        this.server = server;
        this.proxy = FaultProxy.before(server.address());
        this.api = new VaultApi(server.address(), server.rootToken());
    }

    /** Starts a server of one's own, in about two seconds; tests rather take the shared one as a parameter. */
    public static Vault start() {
        return WorkFolder.with("vault", folder -> new Vault(folder, OpenBao.start(folder)));
    }

    /** Starts one that can also be reached by TLS, with the certificate that the cluster's API server shows. */
    public static Vault startWithTls(Cluster cluster) {
        return WorkFolder.with(
                "vault",
                folder -> new Vault(
                        folder,
                        OpenBao.startWithTls(
                                folder, new OpenBao.Tls(cluster.certificateAuthority(), cluster.certificateKey()))));
    }

    /** The URL for clients under test, through the proxy, without a slash at the end. */
    public String address() {
        return proxy.address();
    }

    /** The server's own URL, which no fault concerns. */
    public String directAddress() {
        return server.address().toString();
    }

    /** The server's Unix domain socket as an address, which no fault concerns. */
    public String socketAddress() {
        return "unix://" + server.socket();
    }

    /** The server's own URL with https, which no fault concerns; only after {@link #startWithTls}. */
    public String tlsAddress() {
        return server.tlsAddress();
    }

    public String rootToken() {
        return server.rootToken();
    }

    /** The proxy at {@link #address()}: faults, and the requests as the server gets them. */
    public FaultProxy proxy() {
        return proxy;
    }

    /** Mounts a key-value engine, of version 1 or 2, under a name that no other test has. */
    public KvMount newMount(int kvVersion) {
        String name = unique("kv" + kvVersion);
        Map<String, String> options = Map.of("version", Integer.toString(kvVersion));
        request("POST", "sys/mounts/" + name, Map.of("type", "kv", "options", options));
        if (kvVersion == 2) {
            Awaitility.await("KV 2 mount")
                    .ignoreException(VaultRefusal.class)
                    .until(() -> request("GET", name + "/config", Map.of()).has("data"));
        }
        return new KvMount(name, kvVersion, api);
    }

    /** Writes a policy in HCL under a name that no other test has, and returns the name. */
    public String newPolicy(String hcl) {
        String name = unique("policy");
        request("PUT", "sys/policies/acl/" + name, Map.of("policy", hcl));
        return name;
    }

    /** A token with these policies and the default one, renewable, for {@code ttl} such as {@code "1h"}. */
    public String newToken(String ttl, String... policies) {
        return request("POST", "auth/token/create", Map.of("policies", List.of(policies), "ttl", ttl))
                .at("/auth/client_token")
                .textValue();
    }

    /** Enables login with service account tokens, which this server has the cluster's API server review. */
    public KubernetesAuth enableKubernetesAuth(Cluster cluster) {
        String namespace = cluster.newNamespace();
        String reviewer = "token-reviewer";
        cluster.newServiceAccount(namespace, reviewer);
        cluster.client()
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(namespace + "-" + reviewer)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "system:auth-delegator")
                        .addNewSubject(null, "ServiceAccount", reviewer, namespace)
                        .build())
                .create();
        String mount = unique("kubernetes");
        request("POST", "sys/auth/" + mount, Map.of("type", "kubernetes"));
        request(
                "POST",
                "auth/" + mount + "/config",
                Map.of(
                        "kubernetes_host", cluster.address(),
                        "kubernetes_ca_cert", cluster.certificates(),
                        "token_reviewer_jwt", cluster.tokenOf(namespace, reviewer)));
        return new KubernetesAuth(mount, api);
    }

    /** Enables login with service account tokens, which this server checks with the API server's public key. */
    public JwtAuth enableJwtAuth(Cluster cluster) {
        String mount = unique("jwt");
        request("POST", "sys/auth/" + mount, Map.of("type", "jwt"));
        request(
                "POST",
                "auth/" + mount + "/config",
                Map.of(
                        "jwt_validation_pubkeys", List.of(cluster.serviceAccountKey()),
                        "bound_issuer", cluster.issuer()));
        return new JwtAuth(mount, cluster.issuer(), api);
    }

    /**
     * Sends any request as root, around the proxy.
     *
     * @param path below {@code /v1/}
     * @param body becomes JSON; an empty map is no body
     * @return the response's JSON, or a missing node where there is none
     * @throws VaultRefusal for any status from 300 on
     */
    public JsonNode request(String method, String path, Map<String, ?> body) {
        return api.request(method, path, body);
    }

    /** Kills the server; what it stored stays. */
    public void stop() {
        server.kill();
    }

    /** Makes the server refuse everything with status 503, until {@link #resume()}. */
    public void seal() {
        request("PUT", "sys/seal", Map.of());
    }

    /** Starts the server at the same address and unseals it, as far as needed. */
    public void resume() {
        if (!server.isAlive()) {
            server.restart();
        } else if (api.health() != VaultApi.ACTIVE) {
            server.unseal();
        }
    }

    /** Kills the server and starts it again at the same address. */
    public void restart() {
        stop();
        resume();
    }

    long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        proxy.close();
        server.kill();
        WorkFolder.delete(folder);
    }

    private static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
