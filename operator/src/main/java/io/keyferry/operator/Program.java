package io.keyferry.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.annotated.AnnotatedController;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.controller.Dialect;
import io.keyferry.kubernetes.controller.DialectController;
import io.keyferry.kubernetes.controller.Lease;
import io.keyferry.kubernetes.event.EventWriter;
import io.keyferry.kubernetes.token.AccessReviews;
import io.keyferry.operator.config.BindAddress;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.config.VaultSyncConfig;
import io.keyferry.operator.http.Endpoints;
import io.keyferry.operator.http.GoProbe;
import io.keyferry.operator.http.GuardedPage;
import io.keyferry.operator.metrics.MetricsText;
import io.keyferry.operator.metrics.OperatorMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the operator from start to SIGTERM. */
final class Program {
    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final long RETRY_SECONDS = 2;
    private static final long PATIENCE_SECONDS = 10;
    private static final int LEASE_LOST = 1;
    private static final String METRICS = "/metrics";

    private final OperatorConfig config;
    private final BuildInfo build;
    private final Health health = new Health();
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<AutoCloseable> running = new CopyOnWriteArrayList<>();
    private volatile boolean dialectsStarted;
    private volatile @Nullable VaultSync vaultSync;
    private volatile @Nullable AccessReviews reviews;

    Program(OperatorConfig config, BuildInfo build) {
        this.config = config;
        this.build = build;
    }

    /** Returns when the operator has stopped. */
    void run() throws ConfigException, IOException, InterruptedException {
        Config clientConfig = Clients.config(config.kubeconfig());
        Optional<Lease> lease = config.leaderElection()
                ? Optional.of(new Lease(LeaseNamespace.of(config), identity()))
                : Optional.empty();
        OperatorMetrics metrics = new OperatorMetrics(build.version(), build.commit());
        Endpoints endpoints = serve(metrics);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        LOG.info("starting {}", build);
        try (endpoints;
                KubernetesClient client = Clients.client(clientConfig, metrics);
                Wiring wiring = new Wiring(config, client, metrics, health)) {
            reviews = new AccessReviews(wiring.api());
            work(wiring, lease);
        } finally {
            LOG.info("stopped");
            stopped.countDown();
        }
    }

    private static String identity() {
        String host = System.getenv().getOrDefault("HOSTNAME", "keyferry");
        return host + "_" + UUID.randomUUID();
    }

    private Endpoints serve(OperatorMetrics metrics) throws IOException {
        health.require("the API server and the dialects' resources", () -> dialectsStarted);
        Endpoints endpoints = new Endpoints();
        MetricsText text = new MetricsText(metrics);
        if (config.metrics().isPresent()) {
            Endpoints.Page page = () -> new Endpoints.Answer(200, MetricsText.CONTENT_TYPE, text.render());
            if (config.vaultSync().filter(VaultSyncConfig::metricsAuth).isPresent()) {
                endpoints.serve(
                        config.metrics().get(),
                        METRICS,
                        new GuardedPage(METRICS, page, () -> Optional.ofNullable(reviews), TimeSource.system()));
            } else {
                endpoints.serve(config.metrics().get(), METRICS, page);
            }
        }
        if (config.health().isPresent()) {
            serveProbes(endpoints, config.health().get());
        }
        return endpoints;
    }

    private void serveProbes(Endpoints endpoints, BindAddress address) throws IOException {
        if (config.vaultSync().filter(VaultSyncConfig::alone).isPresent()) {
            endpoints.serve(address, "/healthz", new GoProbe("healthz", Optional::empty));
            endpoints.serve(address, "/readyz", new GoProbe("readyz", this::unready));
        } else {
            endpoints.serve(address, "/healthz", health::live);
            endpoints.serve(address, "/readyz", health::ready);
        }
    }

    /** What is missing for vaultsync to work, Vault included, as its original has it. */
    private Optional<String> unready() throws InterruptedException {
        Optional<String> missing = health.missing();
        VaultSync sync = vaultSync;
        return missing.isPresent() || sync == null ? missing : sync.problem();
    }

    private void work(Wiring wiring, Optional<Lease> lease) throws ConfigException, InterruptedException {
        List<DialectFactory<?>> dialects = awaitDialects(wiring);
        if (isStopping()) {
            return;
        }
        health.require("the watch on Secrets", wiring.secretWatch()::isSynced);
        if (!awaitSecrets(wiring)) {
            return;
        }
        for (DialectFactory<?> dialect : dialects) {
            prepare(dialect, wiring, dialects.size() == 1);
            start(dialect, wiring, lease);
        }
        if (config.vaultSync().isPresent()) {
            startVaultSync(config.vaultSync().get(), wiring, lease);
        }
        dialectsStarted = true;
        awaitStop();
        closeAll();
    }

    /**
     * Waits until the API server answers and serves what is asked for. Of dialects that nobody named, those whose
     * resources this ServiceAccount may not list are left out.
     */
    private List<DialectFactory<?>> awaitDialects(Wiring wiring) throws InterruptedException {
        String told = "";
        do {
            String problem;
            try {
                List<DialectFactory<?>> usable = new ArrayList<>();
                List<String> missing = new ArrayList<>();
                List<String> forbidden = new ArrayList<>();
                for (DialectFactory<?> dialect : wanted()) {
                    if (!isInstalled(dialect, wiring)) {
                        missing.add(dialect.crd());
                    } else if (config.dialects().isEmpty() && !mayList(dialect, wiring)) {
                        forbidden.add(dialect.crd());
                    } else {
                        usable.add(dialect);
                    }
                }
                boolean complete = config.dialects().isEmpty() ? !usable.isEmpty() : missing.isEmpty();
                if (complete) {
                    forbidden.forEach(crd -> LOG.warn("left out, for this ServiceAccount may not list them: {}", crd));
                    LOG.info("dialects: {}", names(usable));
                    return usable;
                }
                problem = forbidden.isEmpty()
                        ? "custom resource definition not installed: %s; apply it from deploy/crds"
                                .formatted(String.join(", ", missing))
                        : "this ServiceAccount may not list %s".formatted(String.join(", ", forbidden));
            } catch (ApiException e) {
                problem = String.valueOf(e.getMessage());
            }
            if (!problem.equals(told)) {
                LOG.error("waiting: {}", problem);
                told = problem;
            }
        } while (!pause());
        return List.of();
    }

    private List<String> names(List<DialectFactory<?>> installed) {
        List<String> names =
                new ArrayList<>(installed.stream().map(DialectFactory::name).toList());
        config.vaultSync().ifPresent(sync -> names.add(VaultSyncDialect.NAME));
        return names;
    }

    private List<DialectFactory<?>> wanted() {
        return DialectFactory.ALL.stream()
                .filter(dialect ->
                        config.dialects().isEmpty() || config.dialects().contains(dialect.name()))
                .toList();
    }

    private static boolean isInstalled(DialectFactory<?> dialect, Wiring wiring)
            throws ApiException, InterruptedException {
        try {
            wiring.api().get(dialect.apiPath());
            return true;
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }

    private boolean mayList(DialectFactory<?> dialect, Wiring wiring) throws ApiException, InterruptedException {
        String namespace = config.namespaces().stream()
                .findFirst()
                .map("/namespaces/"::concat)
                .orElse("");
        try {
            wiring.api().get(dialect.apiPath() + namespace + "/" + dialect.plural() + "?limit=1");
            return true;
        } catch (ApiException e) {
            if (e.isForbidden()) {
                return false;
            }
            throw e;
        }
    }

    private boolean awaitSecrets(Wiring wiring) throws InterruptedException {
        CompletableFuture<Object> either =
                CompletableFuture.anyOf(wiring.secretWatch().start(), stopping);
        for (boolean told = false; !either.isDone(); told = true) {
            try {
                Object _ = either.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (!told) {
                    LOG.error("waiting: Secrets are not listed yet; may this ServiceAccount list and watch them?");
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("the watch on Secrets ended", e);
            }
        }
        return !stopping.isDone();
    }

    /** What nobody asked for by name and is not alone does not end the others. */
    private void prepare(DialectFactory<?> dialect, Wiring wiring, boolean alone)
            throws ConfigException, InterruptedException {
        try {
            dialect.prepare().run(wiring);
        } catch (StoreException e) {
            String problem =
                    "dialect %s: %s".formatted(dialect.name(), e.failure().message());
            if (alone || config.dialects().contains(dialect.name())) {
                throw new ConfigException(ConfigException.ENVIRONMENT, problem);
            }
            LOG.error("{}; it starts all the same, and tries again", problem);
        }
    }

    private <R extends HasMetadata> void start(DialectFactory<R> factory, Wiring wiring, Optional<Lease> lease) {
        var dialect = factory.make().apply(wiring);
        EventWriter events = wiring.events(dialect.eventComponent());
        String leaseName = dialect.leaseName();
        wiring.metrics().leading(leaseName, false);
        wiring.metrics().workqueue(dialect.name(), wiring.admission()::backlog);
        DialectController<R> controller = new DialectController<>(
                dialect,
                new DialectController.Surroundings(
                        wiring.client(),
                        config.namespaces(),
                        wiring.admission(),
                        wiring.engine(),
                        wiring.claims(),
                        wiring.wakeUps(),
                        wiring.statuses(),
                        wiring.time(),
                        wiring.random(),
                        wiring.metrics(),
                        usable(lease, dialect),
                        name -> {
                            LOG.info("leading: {}", name);
                            wiring.metrics().leading(leaseName, true);
                            factory.lead().accept(wiring);
                        },
                        name -> {
                            LOG.error("lost the lease of {}: ending at once", name);
                            Runtime.getRuntime().halt(LEASE_LOST);
                        }),
                events);
        running.add(controller);
        running.add(events);
        health.require("the watch on " + factory.crd(), controller::isHealthy);
        controller.start();
    }

    /** A dialect whose original had no lease works without one where it may have none. */
    private Optional<Lease> usable(Optional<Lease> lease, Dialect<?> dialect) {
        AccessReviews reviewer = reviews;
        if (lease.isEmpty() || !dialect.worksWithoutLease() || reviewer == null) {
            return lease;
        }
        String namespace = lease.get().namespace();
        try {
            if (reviewer.mayUseLease(namespace, dialect.leaseName())) {
                return lease;
            }
            LOG.warn(
                    "{} may not use leases in namespace {}, and works as the only replica: grant get, create and update on leases",
                    dialect.name(),
                    namespace);
            return Optional.empty();
        } catch (ApiException e) {
            LOG.warn("could not find out whether leases may be used: {}", e.getMessage());
            return lease;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return lease;
        }
    }

    private void startVaultSync(VaultSyncConfig sync, Wiring wiring, Optional<Lease> lease)
            throws ConfigException, InterruptedException {
        VaultSync started = new VaultSync(sync, wiring);
        VaultSyncDialect dialect = started.dialect();
        EventWriter events = wiring.events(dialect.eventComponent());
        wiring.metrics().leading(dialect.leaseName(), false);
        AnnotatedController controller = started.controller(
                dialect,
                events,
                lease,
                () -> {
                    LOG.info("leading: {}", dialect.name());
                    wiring.metrics().leading(dialect.leaseName(), true);
                },
                () -> {
                    LOG.error("lost the lease of {}: ending at once", dialect.name());
                    Runtime.getRuntime().halt(LEASE_LOST);
                });
        running.add(controller);
        running.add(events);
        running.add(started);
        health.require("the watch on workloads", controller::isHealthy);
        vaultSync = started;
        started.logIn();
        controller.start();
    }

    private void closeAll() {
        LOG.info("stopping");
        for (AutoCloseable part : running) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("could not stop cleanly", e);
            }
        }
    }

    private void awaitStop() throws InterruptedException {
        try {
            stopping.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails this future", e);
        }
    }

    /** Waits a little. @return whether the program is to stop */
    private boolean pause() throws InterruptedException {
        try {
            stopping.get(RETRY_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails this future", e);
        }
    }

    private boolean isStopping() {
        return stopping.isDone();
    }

    /**
     * Runs as the JVM's shutdown hook: tells the main thread to stop and waits until it has. Who is asked to end, and
     * ends in order, has done as it was told: the exit code is 0, where the JVM would say 143.
     */
    private void stop() {
        if (stopped.getCount() == 0) {
            return;
        }
        stopping.complete(null);
        try {
            if (stopped.await(4500, TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
