package io.keyferry.kubernetes.annotated;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyferry.engine.Engine;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.WriteGate;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.controller.Backoff;
import io.keyferry.kubernetes.controller.ControllerObserver;
import io.keyferry.kubernetes.controller.WakeUps;
import io.keyferry.kubernetes.event.EventWriter;
import io.keyferry.kubernetes.lease.Election;
import io.keyferry.kubernetes.lease.Leadership;
import io.keyferry.kubernetes.secret.SecretIndex;
import io.keyferry.kubernetes.secret.SecretMetadata;
import io.keyferry.kubernetes.secret.SecretName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dialect of annotations at work: its watches, its lease, its control loop. Secrets come from the process's one watch on
 * them, which remembers their annotations and never their values; workloads have watches of their own.
 */
public final class AnnotatedController implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnnotatedController.class);

    /**
     * What it needs around it.
     *
     * @param namespaces where to watch; empty for everywhere
     * @param executor runs reconciles
     * @param election empty to work without leader election
     * @param onLeading is told when it begins to lead
     * @param onLost is told when it has lost its lease; must end the process at once
     */
    public record Surroundings(
            KubernetesClient client,
            ApiClient api,
            WriteGate gate,
            Set<String> namespaces,
            ExecutorService executor,
            Timers timers,
            Engine engine,
            Claims<String> claims,
            SecretIndex secrets,
            SecretMetadata secretMetadata,
            WakeUps wakeUps,
            TimeSource time,
            RandomGenerator random,
            ControllerObserver observer,
            Optional<Election> election,
            Runnable onLeading,
            Runnable onLost) {}

    private final AnnotatedDialect dialect;
    private final Surroundings around;
    private final Subjects subjects;
    private final SubjectQueue queue;
    private final SecondLooks looks;
    private final SubjectReconciler reconciler;
    private final List<WorkloadWatch<?>> watches = new ArrayList<>();
    private final Leadership leadership;

    public AnnotatedController(AnnotatedDialect dialect, Surroundings around, EventWriter events) {
        this.dialect = dialect;
        this.around = around;
        subjects = new Subjects(around.time());
        queue = new SubjectQueue(around.executor(), around.timers(), this::work);
        looks = new SecondLooks(around.executor(), around.timers(), queue::add);
        reconciler = new SubjectReconciler(
                dialect,
                subjects,
                around.engine(),
                new SubjectWriter(around.api(), around.gate(), around.secretMetadata()),
                around.claims(),
                queue::add,
                looks,
                events,
                around.time(),
                new Backoff(around.random()),
                around.observer());
        leadership = new Leadership(
                around.client(), dialect.leaseName(), around.election(), around.time(), this::lead, around.onLost());
        WorkloadKind.ALL.stream()
                .filter(kind -> dialect.kinds().contains(kind.kind()))
                .forEach(kind -> watches.add(new WorkloadWatch<>(
                        around.client(), around.namespaces(), kind, dialect.prefixes(), this::saw, this::lost)));
    }

    /**
     * Starts watching, and working as soon as the lease is held. Returns when all that is there has been seen. To be called
     * when the index knows all Secrets.
     */
    public void start() throws InterruptedException {
        around.wakeUps()
                .register(
                        dialect.name(),
                        id -> SubjectKind.named(id.kind())
                                .ifPresent(kind -> queue.add(new SubjectRef(kind, id.namespace(), id.name()))));
        if (dialect.kinds().contains(SubjectKind.SECRET)) {
            around.secrets().listenToNotes(this::secretNoted);
            around.secrets().noted().forEach(this::secretNoted);
        }
        await(CompletableFuture.allOf(watches.stream().map(WorkloadWatch::start).toArray(CompletableFuture[]::new)));
        leadership.start();
    }

    private static void await(CompletableFuture<Void> seen) throws InterruptedException {
        try {
            seen.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the watch on workloads ended", e);
        }
    }

    private void lead() {
        around.onLeading().run();
        subjects.all().forEach(reconciler::claim);
        queue.open();
    }

    /** How many objects ask for something. */
    public int objects() {
        return subjects.size();
    }

    /** Whether the watches work. */
    public boolean isHealthy() {
        return watches.stream().allMatch(WorkloadWatch::isHealthy);
    }

    /** Whether it works, or sees another do so. */
    public boolean isLed() {
        return leadership.isLed();
    }

    private void secretNoted(SecretName name) {
        SubjectRef ref = new SubjectRef(SubjectKind.SECRET, name.namespace(), name.name());
        Optional<SecretIndex.Noted> noted = around.secrets().notes(name);
        if (noted.isEmpty()) {
            lost(ref);
            return;
        }
        var notes = noted.get().notes();
        saw(new Subject(
                ref,
                notes.uid(),
                notes.created(),
                noted.get().resourceVersion(),
                notes.annotations(),
                notes.finalizers(),
                notes.deleted().map(Instant::parse),
                List.of()));
    }

    private void saw(Subject subject) {
        boolean isKnown = subjects.get(subject.ref()).isPresent();
        if (!isKnown && !dialect.concerns(subject)) {
            return;
        }
        if (subjects.saw(subject)) {
            queue.add(subject.ref());
        }
    }

    private void lost(SubjectRef ref) {
        if (subjects.lost(ref)) {
            queue.add(ref);
        }
    }

    private void work(SubjectRef ref) {
        try {
            reconciler.reconcile(ref).ifPresent(wait -> queue.addAfter(ref, wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("interrupted while working on {}", ref);
        }
    }

    /** Begins nothing more, and gives the lease back. */
    @Override
    public void close() {
        leadership.stopCompeting();
        queue.close();
        looks.close();
        watches.forEach(WorkloadWatch::close);
        leadership.close();
    }
}
