package io.keyferry.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyferry.dialect.syncedsecret.SyncedSecretDialect;
import io.keyferry.dialect.vaultsecret.VaultSecretDialect;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.dialect.vsecmsecret.VSecMSecretDialect;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.annotated.SubjectKind;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.token.AccessReviews;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.config.VaultSyncConfig;
import io.keyferry.operator.doctor.Check;
import io.keyferry.operator.doctor.ClusterCheck;
import io.keyferry.operator.doctor.Definition;
import io.keyferry.operator.doctor.DefinitionsCheck;
import io.keyferry.operator.doctor.Finding;
import io.keyferry.operator.doctor.LeasesCheck;
import io.keyferry.operator.doctor.ObjectsCheck;
import io.keyferry.operator.doctor.RightsCheck;
import io.keyferry.operator.doctor.RightsTable;
import io.keyferry.operator.metrics.OperatorMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at everything that an operator with a configuration would meet, as who it would be. */
final class Examination implements AutoCloseable {
    private final OperatorConfig config;
    private final KubernetesClient client;
    private final ApiClient api;
    private final TimeSource time = TimeSource.system();

    Examination(OperatorConfig config, OperatorMetrics metrics) throws ConfigException {
        this.config = config;
        Config found = Clients.config(config.kubeconfig());
        client = Clients.client(found, metrics, new Tenure(time, lease -> {}));
        api = new ApiClient(client);
    }

    ApiClient api() {
        return api;
    }

    /** The checks that make sense, in the order in which their findings explain each other. */
    List<Check> checks() throws ConfigException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        ClusterCheck cluster = new ClusterCheck(api, client.getMasterUrl().toString(), time);
        checks.add(cluster);
        boolean isReachable = cluster.unreachable().isEmpty();
        Set<String> dialects = isReachable ? running() : config.dialects();
        if (config.leaderElection() && leaseNamespace().isEmpty()) {
            checks.add(() -> List.of(Finding.fail(
                    "leader",
                    "this is no pod, and nothing says in which namespace the leases are",
                    "give --leader-election-namespace, or --leader-elect=false")));
        }
        if (isReachable) {
            checks.add(new DefinitionsCheck(
                    api,
                    wanted().stream().map(DialectFactory::definition).toList(),
                    !config.dialects().isEmpty(),
                    config.vaultSync().isPresent()));
            checks.add(new RightsCheck(
                    new AccessReviews(api),
                    rights(dialects),
                    config.namespaces(),
                    leaseNamespace().orElse("")));
            leaseNamespace()
                    .ifPresent(namespace -> checks.add(new LeasesCheck(api, namespace, leases(dialects), time)));
        }
        addStores(checks, dialects);
        objects().forEach(checks::add);
        return checks;
    }

    private void addStores(List<Check> checks, Set<String> dialects) {
        StoreChecks stores = new StoreChecks(config, time);
        if (dialects.contains(VaultSecretDialect.NAME)) {
            checks.add(stores.vault());
        }
        config.vaultSync().ifPresent(sync -> checks.add(stores.vaultSync(sync)));
        if (dialects.contains(SyncedSecretDialect.NAME)) {
            checks.add(stores.aws());
        }
        config.vsecm()
                .filter(vsecm -> dialects.contains(VSecMSecretDialect.NAME))
                .ifPresent(vsecm -> checks.add(stores.workloadApi(vsecm)));
    }

    private List<DialectFactory<?>> wanted() {
        return new AvailableDialects(config, api).wanted();
    }

    /** The dialects that are asked for, or whose definitions are there. */
    private Set<String> running() throws InterruptedException {
        Set<String> running = new TreeSet<>(config.dialects());
        if (config.dialects().isEmpty()) {
            wanted().stream()
                    .filter(dialect -> isServed(dialect.definition()))
                    .map(DialectFactory::name)
                    .forEach(running::add);
        }
        return running;
    }

    private boolean isServed(Definition definition) {
        try {
            return DefinitionsCheck.isServed(api, definition);
        } catch (ApiException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private RightsTable rights(Set<String> dialects) {
        RightsTable rights = new RightsTable(dialects, leaseNamespace().isPresent() ? leases(dialects) : List.of());
        Optional<VaultSyncConfig> sync = config.vaultSync();
        if (sync.isPresent()) {
            sync.get().settings().kinds().stream()
                    .filter(kind -> kind != SubjectKind.SECRET && kind != SubjectKind.DEPLOYMENT)
                    .sorted()
                    .forEach(kind -> rights.withWorkload(kind.group(), kind.plural()));
            if (sync.get().metricsAuth()) {
                rights.withGuardedMetrics();
            }
        }
        return rights;
    }

    /** Where the leases are; empty without leader election, or where nobody says it. */
    Optional<String> leaseNamespace() {
        try {
            return config.leaderElection() ? Optional.of(LeaseNamespace.of(config)) : Optional.empty();
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    private List<String> leases(Set<String> dialects) {
        List<String> leases = new ArrayList<>(wanted().stream()
                .filter(dialect -> dialects.contains(dialect.name()))
                .map(DialectFactory::lease)
                .toList());
        config.vaultSync().ifPresent(sync -> leases.add(VaultSyncDialect.LEASE));
        return leases;
    }

    /** All leases of the dialects that may run. */
    List<String> leases() {
        return leases(DialectFactory.names());
    }

    /** The objects of each kind that there is. */
    List<ObjectsCheck> objects() {
        return wanted().stream()
                .map(DialectFactory::definition)
                .filter(this::isServed)
                .map(definition -> new ObjectsCheck(api, definition, config.namespaces()))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
