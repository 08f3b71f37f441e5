package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.keyferry.engine.Engine;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.event.EventWriter;
import io.keyferry.kubernetes.lease.Election;
import io.keyferry.kubernetes.lease.Leadership;
import io.keyferry.kubernetes.secret.SecretName;
import io.keyferry.kubernetes.status.StatusWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One dialect at work: its watch, its lease, its control loop. */
public final class DialectController<R extends HasMetadata> implements AutoCloseable {
    private static final long PAGE = 500;

    /**
     * What all dialects share.
     *
     * @param namespaces where to watch; empty for everywhere
     * @param executor runs reconciles
     * @param election empty to work without leader election
     * @param onLeading is told the dialect's name when it begins to lead
     * @param onLost is told the dialect's name when it has lost its lease; must end the process at once
     */
    public record Surroundings(
            KubernetesClient client,
            Set<String> namespaces,
            ExecutorService executor,
            Engine engine,
            Claims<SecretName> claims,
            WakeUps wakeUps,
            StatusWriter statuses,
            TimeSource time,
            Timers timers,
            RandomGenerator random,
            ControllerObserver observer,
            Optional<Election> election,
            Consumer<String> onLeading,
            Consumer<String> onLost) {}

    private final Dialect<R> dialect;
    private final Surroundings surroundings;
    private final Primaries<R> primaries;
    private final Backlog backlog;
    private final Operator operator;
    private final Controller<R> controller;
    private volatile boolean started;
    private final Leadership leadership;

    public DialectController(Dialect<R> dialect, Surroundings surroundings, EventWriter events) {
        this.dialect = dialect;
        this.surroundings = surroundings;
        this.primaries =
                new Primaries<>(surroundings.time(), surroundings.namespaces().size() < 2);
        this.backlog = new Backlog(surroundings.executor());
        this.operator = new Operator(this::configure);
        this.leadership = new Leadership(
                surroundings.client(),
                dialect.leaseName(),
                surroundings.election(),
                surroundings.time(),
                this::lead,
                () -> surroundings.onLost().accept(dialect.name()));
        DialectReconciler<R> reconciler = new DialectReconciler<>(
                dialect,
                primaries,
                surroundings.engine(),
                surroundings.claims(),
                surroundings.wakeUps(),
                surroundings.statuses(),
                events,
                surroundings.time(),
                surroundings.timers(),
                new Backoff(surroundings.random()),
                surroundings.observer());
        // Operator.start() would compete for the lease in its own way, which ends the process of who may not have it.
        this.controller = (Controller<R>) operator.register(
                reconciler, configuration(reconciler.getClass().getName()));
    }

    /** Starts watching, and working as soon as the lease is held. Returns when all that is there has been seen. */
    public void start() {
        controller.start(false);
        started = true;
        leadership.start();
    }

    private void lead() {
        surroundings.onLeading().accept(dialect.name());
        controller.startEventProcessing();
    }

    /** How many objects there are. */
    public int objects() {
        return primaries.size();
    }

    /** How many reconciles wait for their turn. */
    public int backlog() {
        return backlog.size();
    }

    /** Whether the watch works. */
    public boolean isHealthy() {
        return started
                && controller.getControllerHealthInfo().unhealthyEventSources().isEmpty();
    }

    /** Whether it works, or sees another do so. */
    public boolean isLed() {
        return leadership.isLed();
    }

    /** Lets reconciles under way end, begins no others, and gives the lease back. */
    @Override
    public void close() {
        leadership.stopCompeting();
        backlog.close();
        controller.stop();
        operator.stop();
        leadership.close();
    }

    private void configure(ConfigurationServiceOverrider service) {
        service.withKubernetesClient(surroundings.client())
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withExecutorService(backlog)
                .withResourceCloner(new NoCloner())
                .withStopOnInformerErrorDuringStartup(false)
                .withCacheSyncTimeout(Duration.ofMinutes(10))
                .withReconciliationTerminationTimeout(Duration.ofSeconds(3))
                .withUseSSAToPatchPrimaryResource(false);
    }

    /** Spelled out, for one reconciler serves all dialects and its class does not tell which objects it is for. */
    private ControllerConfiguration<R> configuration(String reconciler) {
        return new ResolvedControllerConfiguration<>(
                dialect.name(),
                false,
                reconciler,
                new GenericRetry().setMaxAttempts(-1),
                LinearRateLimiter.deactivatedRateLimiter(),
                null,
                null,
                Map.of(),
                null,
                operator.getConfigurationService(),
                informer(),
                true,
                null);
    }

    private InformerConfiguration<R> informer() {
        Set<String> namespaces = surroundings.namespaces();
        InformerConfiguration<R>.Builder informer = InformerConfiguration.builder(dialect.resourceType())
                .withOnUpdateFilter(this::isEdited)
                .withInformerListLimit(PAGE);
        if (namespaces.isEmpty()) {
            informer.withWatchAllNamespaces();
        } else {
            informer.withNamespaces(namespaces);
        }
        // Watching several namespaces takes several informers, and they must not share a store.
        if (primaries.isComplete()) {
            informer.withItemStore(primaries);
        } else {
            informer.withOnAddFilter(object -> {
                primaries.saw(object);
                return true;
            });
        }
        return informer.buildForController();
    }

    /** Status and labels ask for nothing; a spec does, and whatever else the dialect says. */
    private boolean isEdited(R after, R before) {
        if (!primaries.isComplete()) {
            primaries.saw(after);
        }
        return !after.getMetadata().getUid().equals(before.getMetadata().getUid())
                || !Objects.equals(
                        after.getMetadata().getGeneration(),
                        before.getMetadata().getGeneration())
                || dialect.isEdited(before, after);
    }

    /** Objects are never changed in place, so that one copy is enough for all. */
    private static final class NoCloner implements Cloner {
        @Override
        public <T extends HasMetadata> T clone(T object) {
            return object;
        }
    }
}
