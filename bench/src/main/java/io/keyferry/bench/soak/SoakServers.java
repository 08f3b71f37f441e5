package io.keyferry.bench.soak;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KubernetesAuth;
import io.keyferry.testkit.KvMount;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import io.keyferry.testkit.vsecm.FakeWorkloadApi;
import io.keyferry.testkit.vsecm.StandInSafe;
import io.keyferry.testkit.vsecm.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** All that the operator of a soak talks to: real servers, and stand-ins of Safe and agent. They are gone with it. */
final class SoakServers implements AutoCloseable {
    private static final Path CRDS = Path.of("..", "deploy", "crds");
    private static final Duration VALID = Duration.ofDays(1);
    private static final String SCOUT = "spiffe://vsecm.com/workload/vsecm-scout/ns/vsecm-system/sa/vsecm-scout/n/pod";
    private static final String EVERYTHING =
            "path \"*\" { capabilities = [\"create\", \"read\", \"update\", \"patch\", \"delete\", \"list\"] }";

    private final Path folder;
    private final Cluster cluster;
    private final Vault vault;
    private final Aws aws;
    private final TestAuthority authority = new TestAuthority("soak");
    private final StandInSafe safe = StandInSafe.start(authority);
    private final FakeWorkloadApi agent;
    private final String namespace;
    private final Set<String> inAws = new HashSet<>();

    private SoakServers(Path folder, Cluster cluster, Vault vault, Aws aws) {
        this.folder = folder;
        this.cluster = cluster;
        this.vault = vault;
        this.aws = aws;
        agent = FakeWorkloadApi.start(folder.resolve("agent.sock"));
        rotateIdentity();
        for (String crd : List.of("vaultsecrets", "syncedsecrets", "vsecmsecrets")) {
            cluster.applyCrds(CRDS.resolve(crd + ".yaml"));
        }
        namespace = cluster.newNamespace();
    }

    static SoakServers start() throws IOException {
        // Paths of sockets must be short.
        Path folder = Files.createTempDirectory("kf");
        Cluster cluster = Cluster.start();
        return new SoakServers(folder, cluster, Vault.start(), Aws.start());
    }

    Cluster cluster() {
        return cluster;
    }

    Vault vault() {
        return vault;
    }

    Aws aws() {
        return aws;
    }

    StandInSafe safe() {
        return safe;
    }

    FakeWorkloadApi agent() {
        return agent;
    }

    /** The agent is back, and has another SVID. */
    void startAgent() {
        agent.start();
        rotateIdentity();
    }

    private void rotateIdentity() {
        Instant now = Instant.now();
        agent.issue(authority.issue(SCOUT, now.minusSeconds(60), now.plus(VALID)));
    }

    /** Divides the objects among all dialects. */
    List<Share> shares(int objects) {
        int each = objects / 4;
        return List.of(vaultSecrets(each), syncedSecrets(each), vsecmSecrets(each), push(objects - 3 * each));
    }

    private Share vaultSecrets(int objects) {
        KvMount mount = vault.newMount(2);
        String token = vault.newToken("24h", vault.newPolicy(mount.readPolicy()));
        return new PullShare(
                new PullShare.Kind(
                        "vaultsecret",
                        resource("k8s.kiwi.com", "v1", "VaultSecret"),
                        (name, secret) -> Map.of(
                                "paths",
                                List.of(Map.of("path", mount.path("soak-" + secret))),
                                "reconcilePeriod",
                                "10s",
                                "auth",
                                Map.of("token", token))),
                (secret, value) -> mount.put("soak-" + secret, Map.of("value", value)),
                cluster.client(),
                namespace,
                objects);
    }

    private Share syncedSecrets(int objects) {
        String prefix = aws.newName();
        return new PullShare(
                new PullShare.Kind(
                        "syncedsecret",
                        resource("secrets.contentful.com", "v1", "SyncedSecret"),
                        (name, secret) -> Map.of(
                                "IAMRole", "", "dataFrom", Map.of("secretRef", Map.of("name", prefix + "-" + secret)))),
                (secret, value) -> putInAws(prefix + "-" + secret, PullShare.json(value)),
                cluster.client(),
                namespace,
                objects);
    }

    private void putInAws(String name, String value) {
        if (inAws.add(name)) {
            String _ = aws.create(name, value);
        } else {
            String _ = aws.put(name, value);
        }
    }

    private Share vsecmSecrets(int objects) {
        return new PullShare(
                new PullShare.Kind(
                        "vsecmsecret",
                        resource("vsecm.com", "v1alpha1", "VSecMSecret"),
                        (name, secret) -> Map.of(
                                "vsecmSafeURL",
                                safe.address().toString(),
                                "secretType",
                                "k8s",
                                "refreshInterval",
                                "10s",
                                "target",
                                Map.of("name", name),
                                "data",
                                List.of(Map.of("key", "value", "ref", "soak-" + secret + ".value")))),
                this::register,
                cluster.client(),
                namespace,
                objects);
    }

    private void register(int secret, String value) {
        Instant now = Instant.now();
        safe.put(Map.of(
                "workloads",
                List.of("raw:soak-" + secret),
                "value",
                PullShare.json(value),
                "namespaces",
                List.of(namespace),
                "notBefore",
                now.minusSeconds(60).toString(),
                "expires",
                now.plus(VALID).toString()));
    }

    private Share push(int objects) {
        return new PushShare(vault, cluster.client(), namespace, objects);
    }

    private static ResourceDefinitionContext resource(String group, String version, String kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
    }

    /** The operator with all dialects and their leases; its Vault tokens are renewed many times in the course of a soak. */
    OperatorProcess operator() throws IOException {
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        cluster.newServiceAccount(namespace, "operator");
        auth.writeRole("writer", namespace, "operator", "2m", vault.newPolicy(EVERYTHING));
        String login = auth.loginPath();
        Path token = Files.writeString(folder.resolve("token"), cluster.tokenOf(namespace, "operator"));
        OperatorProcess.Builder builder = OperatorProcess.operator()
                .kubeconfig(cluster.kubeconfig())
                .environment("VAULT_ADDR", vault.address())
                .environment("SPIFFE_ENDPOINT_SOCKET", agent.address())
                .environment("POLL_INTERVAL_SEC", "5")
                .arguments(
                        "--dialects=vaultsecret,syncedsecret,vsecmsecret,vaultsync",
                        "--leader-election-namespace=" + namespace,
                        "--namespace=" + namespace,
                        "--enable-metrics-auth=false",
                        "--vault-addr=" + vault.address(),
                        "--vault-auth-path=" + login.substring("auth/".length(), login.length() - "/login".length()),
                        "--vault-role=writer",
                        "--service-account-token-file=" + token);
        aws.environment().forEach(builder::environment);
        return builder.start();
    }

    @Override
    public void close() {
        agent.close();
        safe.close();
        aws.close();
        vault.close();
        cluster.close();
        try {
            Files.deleteIfExists(folder.resolve("token"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
