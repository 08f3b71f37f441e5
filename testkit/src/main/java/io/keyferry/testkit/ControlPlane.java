package io.keyferry.testkit;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The processes of a cluster without nodes: etcd, kube-apiserver, kube-controller-manager. */
final class ControlPlane {
    static final String ISSUER = "https://kubernetes.default.svc";
    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final int apiPort = FreePort.next();
    private final String adminToken = UUID.randomUUID().toString();
    private final ChildProcess etcd;
    private final List<String> apiServerCommand;
    private ChildProcess apiServer;
    private ChildProcess controllerManager;

    private ControlPlane(Path folder) {
        this.folder = folder;
        String etcdAddress = "http://" + LOOPBACK + ":" + FreePort.next();
        etcd = startEtcd(etcdAddress);
        apiServerCommand = apiServerCommand(etcdAddress);
        try {
            apiServer = startApiServer();
        } catch (RuntimeException e) {
            etcd.kill();
            throw e;
        }
        controllerManager = startControllerManager();
    }

    static ControlPlane start(Path folder) {
        return new ControlPlane(folder);
    }

    String address() {
        return "https://" + LOOPBACK + ":" + apiPort;
    }

    String adminToken() {
        return adminToken;
    }

    /** The certificates that the API server made for itself; they stay the same over its restarts. */
    Path certificateAuthority() {
        return folder.resolve("certificates").resolve("apiserver.crt");
    }

    Path certificateKey() {
        return folder.resolve("certificates").resolve("apiserver.key");
    }

    Config config(String token) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(address())
                .withCaCertFile(certificateAuthority().toString())
                .withOauthToken(token)
                .withRequestTimeout(30_000)
                .withRequestRetryBackoffLimit(3)
                .build();
    }

    Path writeKubeconfig(String name, String token) {
        String text = """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: test, user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                current-context: test
                """.formatted(address(), certificateAuthority(), token);
        return write(name, text);
    }

    private Path auditLog() {
        return folder.resolve("audit.log");
    }

    ApiAudit audit() {
        return new ApiAudit(auditLog());
    }

    boolean apiServerRuns() {
        return apiServer.isAlive();
    }

    void killApiServer() {
        apiServer.kill();
    }

    /** The controller manager starts anew as well: the old one would long hold back its next attempts. */
    void restartApiServer() {
        controllerManager.kill();
        apiServer.kill();
        apiServer = startApiServer();
        controllerManager = startControllerManager();
    }

    List<Long> pids() {
        return List.of(etcd.pid(), apiServer.pid(), controllerManager.pid());
    }

    void kill() {
        controllerManager.kill();
        apiServer.kill();
        etcd.kill();
    }

    private ChildProcess startEtcd(String address) {
        String peer = "http://" + LOOPBACK + ":" + FreePort.next();
        ChildProcess process = start(
                "etcd",
                List.of(
                        "--data-dir=" + folder.resolve("etcd"),
                        "--unsafe-no-fsync",
                        "--log-level=warn",
                        "--listen-client-urls=" + address,
                        "--advertise-client-urls=" + address,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer));
        HttpRequest health =
                HttpRequest.newBuilder(URI.create(address + "/health")).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Startup.await("etcd", process, () -> answersOk(http, health));
        }
        return process;
    }

    private List<String> apiServerCommand(String etcdAddress) {
        SigningKeys keys = SigningKeys.create(folder);
        Path auditing = write("audit-policy.yaml", ApiAudit.POLICY);
        Path tokens = write("tokens.csv", adminToken + ",admin,admin,\"system:masters\"\n");
        return List.of(
                "--etcd-servers=" + etcdAddress,
                "--bind-address=" + LOOPBACK,
                "--advertise-address=" + LOOPBACK,
                "--endpoint-reconciler-type=none",
                "--secure-port=" + apiPort,
                "--cert-dir=" + folder.resolve("certificates"),
                "--service-account-issuer=" + ISSUER,
                "--service-account-key-file=" + keys.publicKey(),
                "--service-account-signing-key-file=" + keys.privateKey(),
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--enable-admission-plugins=OwnerReferencesPermissionEnforcement",
                "--audit-policy-file=" + auditing,
                "--audit-log-path=" + auditLog(),
                "--service-cluster-ip-range=10.0.0.0/24");
    }

    private ChildProcess startApiServer() {
        ChildProcess process = start("kube-apiserver", apiServerCommand);
        // The key is written when the certificate has been, as a whole.
        Path key = certificateAuthority().resolveSibling("apiserver.key");
        Startup.await("kube-apiserver's certificate", process, () -> Files.exists(key));
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(probing()).build()) {
            Startup.await("kube-apiserver", process, () -> ready(client));
        }
        return process;
    }

    private Config probing() {
        return new ConfigBuilder(config(adminToken))
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(1_000)
                .build();
    }

    private ChildProcess startControllerManager() {
        return start(
                "kube-controller-manager",
                List.of(
                        "--kubeconfig=" + writeKubeconfig("admin.kubeconfig", adminToken),
                        "--controllers=garbage-collector-controller,namespace-controller,serviceaccount-controller",
                        "--use-service-account-credentials=false",
                        "--leader-elect=false",
                        // It collects 20 objects a second by default.
                        "--kube-api-qps=500",
                        "--kube-api-burst=1000",
                        "--secure-port=0"));
    }

    private ChildProcess start(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Parts.program(name).toString());
        command.addAll(arguments);
        return ChildProcess.start(command, Map.of("HOME", folder.toString()), folder.resolve(name + ".log"));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ready(KubernetesClient client) {
        try {
            @Nullable String answer = client.raw("/readyz");
            return "ok".equals(answer);
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private static boolean answersOk(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
