package io.keyferry.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.engine.store.StoreException;
import io.keyferry.kubernetes.annotated.AnnotatedController;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.controller.DialectController;
import io.keyferry.kubernetes.event.EventWriter;
import io.keyferry.kubernetes.lease.Election;
import io.keyferry.kubernetes.token.AccessReviews;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.config.VaultSyncConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dialects that are at work: starts each once, and closes them all. */
final class RunningDialects implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningDialects.class);
    private static final int LEASE_LOST = 1;

    private final OperatorConfig config;
    private final Wiring wiring;
    private final Optional<Election> election;
    private final AccessReviews reviews;
    private final Health health;
    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private final List<AutoCloseable> controllers = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> others = new CopyOnWriteArrayList<>();

    RunningDialects(
            OperatorConfig config, Wiring wiring, Optional<Election> election, AccessReviews reviews, Health health) {
        this.config = config;
        this.wiring = wiring;
        this.election = election;
        this.reviews = reviews;
        this.health = health;
    }

    boolean isRunning(DialectFactory<?> dialect) {
        return started.contains(dialect.name());
    }

    /**
     * Starts a dialect.
     *
     * @param mayEnd whether the process is to end if the dialect's store does not answer
     */
    void start(DialectFactory<?> dialect, boolean mayEnd) throws ConfigException, InterruptedException {
        prepare(dialect, mayEnd);
        run(dialect);
        started.add(dialect.name());
    }

    /** A store that does not answer at the start ends it, unless others are at work or nobody asked for the dialect by name. */
    private void prepare(DialectFactory<?> dialect, boolean mayEnd) throws ConfigException, InterruptedException {
        try {
            dialect.prepare().run(wiring);
        } catch (StoreException e) {
            String problem =
                    "dialect %s: %s".formatted(dialect.name(), e.failure().message());
            if (mayEnd) {
                throw new ConfigException(ConfigException.ENVIRONMENT, problem);
            }
            LOG.error("{}; it starts all the same, and tries again", problem);
        }
    }

    private <R extends HasMetadata> void run(DialectFactory<R> factory) throws InterruptedException {
        var dialect = factory.make().apply(wiring);
        EventWriter events = wiring.events(dialect.eventComponent());
        String leaseName = factory.lease();
        Optional<Election> usable = usable(factory);
        wiring.metrics().leading(leaseName, false);
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
                        wiring.timers(),
                        wiring.random(),
                        wiring.metrics(),
                        usable,
                        name -> {
                            leads(name, leaseName, usable);
                            factory.lead().accept(wiring);
                        },
                        RunningDialects::lost),
                events);
        wiring.metrics().workqueue(dialect.name(), controller::backlog);
        controllers.add(controller);
        others.add(events);
        health.require("the watch on " + factory.crd(), controller::isHealthy);
        requireHolder(usable, leaseName, controller::isLed);
        controller.start();
    }

    /** Not ready is who neither holds the lease nor sees it held: it would be counted on, and nobody would work. */
    private void requireHolder(Optional<Election> election, String name, BooleanSupplier isLed) {
        election.ifPresent(
                where -> health.require("a holder of lease %s/%s".formatted(where.namespace(), name), isLed));
    }

    /** @param election empty for a process that nobody takes over from: it may write for ever */
    private void leads(String dialect, String leaseName, Optional<Election> election) {
        if (election.isPresent()) {
            wiring.tenure().begin(leaseName);
        }
        LOG.info("leading: {}", dialect);
        wiring.metrics().leading(leaseName, true);
    }

    /** Whoever has lost the lease must not write any more; there is no cleaner end that is as quick. */
    private static void lost(String dialect) {
        LOG.error("lost the lease of {}: ending at once", dialect);
        Runtime.getRuntime().halt(LEASE_LOST);
    }

    /** As {@link #lost}, found out before the election does: this process stood still, say. */
    static void expired(String lease) {
        LOG.error("lease {} was not renewed in time: ending at once, before anything else is written", lease);
        Runtime.getRuntime().halt(LEASE_LOST);
    }

    /** A dialect whose original had no lease works without one where it may have none. */
    private Optional<Election> usable(DialectFactory<?> dialect) throws InterruptedException {
        if (election.isEmpty() || dialect.needsLease() || mayUse(election.get(), dialect.lease())) {
            return election;
        }
        LOG.warn(
                "{} may not use leases in namespace {}, and works as the only replica: grant get, create and update on leases",
                dialect.name(),
                election.get().namespace());
        return Optional.empty();
    }

    private boolean mayUse(Election where, String name) throws InterruptedException {
        try {
            return reviews.mayUseLease(where.namespace(), name);
        } catch (ApiException e) {
            LOG.warn("could not find out whether leases may be used: {}", e.getMessage());
            return true;
        }
    }

    /** Starts the dialect of annotated objects, which needs no definitions. */
    VaultSync startVaultSync(VaultSyncConfig sync) throws ConfigException, InterruptedException {
        VaultSync vaultSync = new VaultSync(sync, wiring);
        VaultSyncDialect dialect = vaultSync.dialect();
        EventWriter events = wiring.events(dialect.eventComponent());
        wiring.metrics().leading(dialect.leaseName(), false);
        AnnotatedController controller = vaultSync.controller(
                dialect,
                events,
                election,
                () -> leads(dialect.name(), dialect.leaseName(), election),
                () -> lost(dialect.name()));
        controllers.add(controller);
        others.add(events);
        others.add(vaultSync);
        health.require("the watch on workloads", controller::isHealthy);
        requireHolder(election, dialect.leaseName(), controller::isLed);
        vaultSync.logIn();
        controller.start();
        return vaultSync;
    }

    /** At the same time, for whoever waits for one dialect's lease is not to wait for the work of another. */
    @Override
    public void close() {
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            controllers.forEach(controller -> closing.execute(() -> close(controller)));
        }
        others.forEach(RunningDialects::close);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.error("could not stop cleanly", e);
        }
    }
}
