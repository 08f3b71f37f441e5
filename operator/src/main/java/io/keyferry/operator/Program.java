package io.keyferry.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.lease.Election;
import io.keyferry.kubernetes.token.AccessReviews;
import io.keyferry.operator.config.BindAddress;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.config.VaultSyncConfig;
import io.keyferry.operator.http.Certificate;
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

    /** How often to look for what nobody asked for by name: an idle cluster is to stay idle. */
    private static final long RARELY_SECONDS = 10;

    private static final long PATIENCE_SECONDS = 10;
    private static final String LEFT_OUT = "left out, for this ServiceAccount may not list them: {}";
    private static final String METRICS = "/metrics";

    private final OperatorConfig config;
    private final BuildInfo build;
    private final Health health = new Health();
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
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
        Optional<Election> election = config.leaderElection()
                ? Optional.of(new Election(LeaseNamespace.of(config), identity()))
                : Optional.empty();
        OperatorMetrics metrics = new OperatorMetrics(build.version(), build.commit());
        Tenure tenure = new Tenure(TimeSource.system(), RunningDialects::expired);
        Endpoints endpoints = serve(metrics);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        LOG.info("starting {}", build);
        try (endpoints;
                KubernetesClient client = Clients.client(clientConfig, metrics, tenure);
                Wiring wiring = new Wiring(config, client, metrics, tenure, health)) {
            AccessReviews reviewer = new AccessReviews(wiring.api());
            reviews = reviewer;
            work(wiring, election, reviewer);
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
            Optional<Certificate> certificate = certificate(config);
            if (certificate.isPresent()) {
                endpoints.secure(config.metrics().get(), certificate.get());
            }
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

    /** @throws IOException if there is to be one, and is none */
    static Optional<Certificate> certificate(OperatorConfig config) throws IOException {
        if (config.metricsCertificate().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Certificate.follow(config.metricsCertificate().get(), TimeSource.system()));
        } catch (IOException e) {
            throw new IOException("--metrics-cert-path: " + e.getMessage(), e);
        }
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

    private void work(Wiring wiring, Optional<Election> election, AccessReviews reviewer)
            throws ConfigException, InterruptedException {
        AvailableDialects available = new AvailableDialects(config, wiring.api());
        Optional<AvailableDialects.Found> found = awaitAnswer(available);
        if (found.isEmpty()) {
            return;
        }
        health.require("the watch on Secrets", wiring.secretWatch()::isSynced);
        if (!awaitSecrets(wiring)) {
            return;
        }
        try (RunningDialects dialects = new RunningDialects(config, wiring, election, reviewer, health)) {
            List<DialectFactory<?>> usable = found.get().usable();
            found.get().forbidden().forEach(crd -> LOG.warn(LEFT_OUT, crd));
            LOG.info("dialects: {}", names(usable));
            for (DialectFactory<?> dialect : usable) {
                dialects.start(dialect, usable.size() == 1 && config.dialects().size() <= 1);
            }
            if (config.vaultSync().isPresent()) {
                vaultSync = dialects.startVaultSync(config.vaultSync().get());
            }
            startTheOthers(available, dialects, found.get());
            awaitStop();
            LOG.info("stopping");
        }
    }

    /** Waits until the API server answers and, unless there is something else to do, serves what is asked for. */
    private Optional<AvailableDialects.Found> awaitAnswer(AvailableDialects available) throws InterruptedException {
        Told told = new Told();
        do {
            try {
                AvailableDialects.Found found = available.look(dialect -> false);
                if (!found.usable().isEmpty() || config.vaultSync().isPresent()) {
                    return Optional.of(found);
                }
                told.waiting(problem(found));
            } catch (ApiException e) {
                told.waiting(String.valueOf(e.getMessage()));
            }
        } while (!pause(RETRY_SECONDS));
        return Optional.empty();
    }

    private static String problem(AvailableDialects.Found found) {
        return found.forbidden().isEmpty()
                ? "custom resource definition not installed: %s; apply it from deploy/crds"
                        .formatted(String.join(", ", found.missing()))
                : "this ServiceAccount may not list %s".formatted(String.join(", ", found.forbidden()));
    }

    /** Starts dialects whose definitions come later, until the program stops. */
    private void startTheOthers(AvailableDialects available, RunningDialects dialects, AvailableDialects.Found atStart)
            throws ConfigException, InterruptedException {
        Told told = new Told();
        AvailableDialects.Found found = atStart;
        while (!available.wanted().stream().allMatch(dialects::isRunning)) {
            boolean complete = config.dialects().isEmpty() || found.missing().isEmpty();
            dialectsStarted = complete;
            if (!complete) {
                told.waiting(problem(found));
            }
            if (pause(complete ? RARELY_SECONDS : RETRY_SECONDS)) {
                return;
            }
            try {
                found = available.look(dialects::isRunning);
            } catch (ApiException e) {
                LOG.debug("could not look for custom resource definitions: {}", e.getMessage());
                continue;
            }
            for (DialectFactory<?> dialect : found.usable()) {
                LOG.info("dialect {} starts: {} is installed now", dialect.name(), dialect.crd());
                dialects.start(dialect, false);
            }
        }
        dialectsStarted = true;
    }

    /** Says each thing once, until there is another. */
    private static final class Told {
        private String last = "";

        void waiting(String problem) {
            if (!problem.equals(last)) {
                LOG.error("waiting: {}", problem);
                last = problem;
            }
        }
    }

    private List<String> names(List<DialectFactory<?>> installed) {
        List<String> names =
                new ArrayList<>(installed.stream().map(DialectFactory::name).toList());
        config.vaultSync().ifPresent(sync -> names.add(VaultSyncDialect.NAME));
        return names;
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

    private void awaitStop() throws InterruptedException {
        try {
            stopping.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails this future", e);
        }
    }

    /** Waits a little. @return whether the program is to stop */
    private boolean pause(long seconds) throws InterruptedException {
        try {
            stopping.get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails this future", e);
        }
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
