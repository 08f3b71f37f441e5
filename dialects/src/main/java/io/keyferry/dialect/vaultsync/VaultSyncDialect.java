package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.Recipe;
import io.keyferry.engine.Refresh;
import io.keyferry.engine.Removal;
import io.keyferry.engine.Sync;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.kubernetes.annotated.AnnotatedDialect;
import io.keyferry.kubernetes.annotated.Conclusion;
import io.keyferry.kubernetes.annotated.Errand;
import io.keyferry.kubernetes.annotated.Errand.Part;
import io.keyferry.kubernetes.annotated.Errand.Pruning;
import io.keyferry.kubernetes.annotated.MetadataEdit;
import io.keyferry.kubernetes.annotated.Results;
import io.keyferry.kubernetes.annotated.Subject;
import io.keyferry.kubernetes.annotated.SubjectKind;
import io.keyferry.kubernetes.annotated.SubjectRef;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.secret.NotePrefixes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The {@code vaultsync} dialect: a drop-in for vault-sync-operator. */
public final class VaultSyncDialect implements AnnotatedDialect {
    /** The dialect's name, also that of its controller in logs and metrics. */
    public static final String NAME = "vaultsync";

    /** The name of its lease, which is its original's. */
    public static final String LEASE = "vault-sync-operator.io";

    /** Which annotations of Secrets it needs to know. */
    public static final NotePrefixes PREFIXES = new NotePrefixes(Set.of("vault-sync.io/", "keyferry.io/"));

    private static final Refresh WHEN_TOLD = new Refresh(Optional.empty(), Optional.empty(), Optional.empty());

    private final VaultSyncSettings settings;
    private final Cluster cluster;
    private final VaultPaths vault;
    private final Claims<String> claims;
    private final VaultSyncReports reports;

    public VaultSyncDialect(
            VaultSyncSettings settings,
            Cluster cluster,
            VaultPaths vault,
            Claims<String> claims,
            VaultSyncReports reports) {
        this.settings = settings;
        this.cluster = cluster;
        this.vault = vault;
        this.claims = claims;
        this.reports = reports;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String leaseName() {
        return LEASE;
    }

    @Override
    public String eventComponent() {
        return "vault-sync-operator";
    }

    @Override
    public Set<SubjectKind> kinds() {
        return settings.kinds();
    }

    @Override
    public NotePrefixes prefixes() {
        return PREFIXES;
    }

    @Override
    public boolean concerns(Subject subject) {
        return !subject.annotation(Notes.PATH).isEmpty() || hasFinalizer(subject);
    }

    private static boolean hasFinalizer(Subject subject) {
        return subject.finalizers().contains(Notes.FINALIZER);
    }

    @Override
    public Errand compile(Subject subject) {
        Request request = Request.of(subject, settings);
        if (request instanceof Request.None || (subject.isBeingDeleted() && !hasFinalizer(subject))) {
            return Errand.noting(released(subject));
        }
        return subject.isBeingDeleted() ? leaving(subject, request) : staying(subject, request);
    }

    /** What an object that asks for nothing need not carry; what is in Vault stays. */
    static MetadataEdit released(Subject subject) {
        Map<String, Optional<String>> annotations = new HashMap<>();
        if (subject.annotations().containsKey(Notes.PATHS)) {
            annotations.put(Notes.PATHS, Optional.empty());
        }
        return hasFinalizer(subject)
                ? new MetadataEdit(annotations, Optional.of(without(subject.finalizers())))
                : new MetadataEdit(subject.isBeingDeleted() ? Map.of() : annotations, Optional.empty());
    }

    private static List<String> without(List<String> finalizers) {
        return finalizers.stream().filter(name -> !name.equals(Notes.FINALIZER)).toList();
    }

    private Errand leaving(Subject subject, Request request) {
        if (subject.annotation(Notes.PRESERVE).equals("true")) {
            return Errand.noting(MetadataEdit.nothing());
        }
        Set<String> named = places(request);
        SortedSet<String> owned =
                WrittenPaths.parse(subject.annotation(Notes.PATHS)).orElseGet(() -> new TreeSet<>(named));
        return new Errand(
                Optional.empty(),
                MetadataEdit.nothing(),
                List.of(),
                prunings(subject, owned, Set.of(), request),
                Optional.empty());
    }

    private Errand staying(Subject subject, Request request) {
        Interval interval = Interval.of(subject.annotation(Notes.RECONCILE));
        if (request instanceof Request.Senseless senseless) {
            return new Errand(
                    Optional.of(senseless.problem()),
                    new MetadataEdit(Map.of(), finalizers(subject)),
                    List.of(),
                    List.of(),
                    interval.period());
        }
        List<Part> parts = parts(subject, request);
        SortedSet<String> recorded =
                WrittenPaths.parse(subject.annotation(Notes.PATHS)).orElseGet(TreeSet::new);
        Set<String> wanted = places(request);
        SortedSet<String> intended = new TreeSet<>(recorded);
        intended.addAll(wanted);
        Map<String, Optional<String>> annotations =
                intended.equals(recorded) ? Map.of() : Map.of(Notes.PATHS, Optional.of(WrittenPaths.text(intended)));
        return new Errand(
                Optional.empty(),
                new MetadataEdit(annotations, finalizers(subject)),
                parts,
                prunings(subject, recorded, wanted, request),
                interval.period());
    }

    private static Optional<List<String>> finalizers(Subject subject) {
        if (hasFinalizer(subject)) {
            return Optional.empty();
        }
        List<String> finalizers = new ArrayList<>(subject.finalizers());
        finalizers.add(Notes.FINALIZER);
        return Optional.of(finalizers);
    }

    /** The paths that the object's annotations name. */
    private static Set<String> places(Request request) {
        return switch (request) {
            case Request.None _ -> Set.of();
            case Request.Senseless senseless ->
                senseless.effective().map(Set::of).orElse(Set.of());
            case Request.Selected selected -> Set.of(selected.path());
            case Request.Itself itself -> Set.of(itself.path());
            case Request.Discovered discovered -> {
                Set<String> places = new TreeSet<>();
                discovered.secrets().keySet().forEach(secret -> places.add(discovered.path() + "/" + secret));
                yield places;
            }
        };
    }

    private List<Part> parts(Subject subject, Request request) {
        String namespace = subject.ref().namespace();
        boolean isSecret = subject.ref().kind() == SubjectKind.SECRET;
        return switch (request) {
            case Request.None _, Request.Senseless _ -> List.of();
            case Request.Selected selected ->
                List.of(part(
                        subject,
                        "",
                        selected.path(),
                        new SelectionRecipe(namespace, selected.selections(), settings.binary(), isSecret)));
            case Request.Itself itself ->
                List.of(part(
                        subject,
                        "",
                        itself.path(),
                        new WholeSecretRecipe(namespace, subject.ref().name(), false, settings.binary())));
            case Request.Discovered discovered ->
                discovered.secrets().entrySet().stream()
                        .map(secret -> part(
                                subject,
                                secret.getKey(),
                                discovered.path() + "/" + secret.getKey(),
                                new WholeSecretRecipe(
                                        namespace, secret.getKey(), secret.getValue(), settings.binary())))
                        .toList();
        };
    }

    private Part part(Subject subject, String part, String path, Recipe recipe) {
        SubjectRef ref = subject.ref();
        Ownership ownership = new Ownership(subject, cluster, claims);
        RemovableTarget target = vault.toWrite(path, ownership.mine());
        boolean always = subject.annotation(Notes.ROTATION_CHECK).equals("disabled");
        Sync sync = new Sync(
                new SyncId(NAME, ref.kind().kind(), ref.namespace(), ref.name(), part),
                recipe,
                always ? new AlwaysWritten(target) : target,
                ownership.writing(path),
                WHEN_TOLD);
        return new Part(sync, path);
    }

    /** The recorded paths that are wanted no more. What was at another base path stays until it is written anew. */
    private List<Pruning> prunings(Subject subject, Set<String> recorded, Set<String> wanted, Request request) {
        Ownership ownership = new Ownership(subject, cluster, claims);
        String base = settings.effective(subject.annotation(Notes.PATH));
        List<Pruning> prunings = new ArrayList<>();
        for (String path : recorded) {
            boolean isWanted = wanted.stream().anyMatch(one -> Spellings.mayBeOne(one, path));
            if (!isWanted && isAllowed(subject, path)) {
                boolean named = path.equals(base) || path.startsWith(base + "/");
                RemovableTarget target = vault.toRemove(path, ownership.mine(), settings.forGood());
                prunings.add(new Pruning(
                        new Removal(
                                path,
                                target,
                                ownership.removing(path, () -> target.owner().isPresent(), named)),
                        !named || request instanceof Request.Selected));
            }
        }
        return prunings;
    }

    /** Whoever may annotate the object may have written the record. */
    private boolean isAllowed(Subject subject, String path) {
        return settings.policy()
                .objection(subject.ref().namespace(), path, path)
                .isEmpty();
    }

    @Override
    public boolean isDone(Outcome outcome) {
        return Bookkeeping.isDone(outcome);
    }

    @Override
    public Conclusion conclude(Subject subject, Errand errand, Results results) {
        return reports.conclude(subject, errand, results, Request.of(subject, settings));
    }

    @Override
    public void forget(SubjectRef subject) {
        reports.forget(subject);
    }
}
