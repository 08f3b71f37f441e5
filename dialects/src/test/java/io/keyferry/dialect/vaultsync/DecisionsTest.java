package io.keyferry.dialect.vaultsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.annotated.Conclusion;
import io.keyferry.kubernetes.annotated.Errand;
import io.keyferry.kubernetes.annotated.Results;
import io.keyferry.kubernetes.annotated.SecretUse;
import io.keyferry.kubernetes.annotated.SecretUse.Where;
import io.keyferry.kubernetes.annotated.Subject;
import io.keyferry.kubernetes.annotated.SubjectKind;
import io.keyferry.kubernetes.annotated.SubjectRef;
import io.keyferry.kubernetes.claim.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written, pruned, kept and refused, decided without any server. */
class DecisionsTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Cluster HERE = new Cluster("", "cluster-uid");
    private static final Owner OTHER = new Owner("cluster-uid", "Deployment", "ns/other", "other-uid");

    private final Map<String, FakeTarget> targets = new HashMap<>();
    private final VaultSyncDialect dialect = dialect(HERE);

    private VaultSyncDialect dialect(Cluster cluster) {
        VaultSyncSettings settings = new VaultSyncSettings(
                "", Set.of(SubjectKind.values()), new PathPolicy(Map.of()), Binary.BASE64, false, Optional.empty());
        return new VaultSyncDialect(
                settings,
                cluster,
                new FakePaths(),
                new Claims<>(),
                new VaultSyncReports(settings, secret -> Optional.of("7"), new SilentMetrics(), TimeSource.system()));
    }

    private final class FakePaths implements VaultPaths {
        @Override
        public RemovableTarget toWrite(String path, Owner owner) {
            return targets.computeIfAbsent(path, p -> new FakeTarget(Optional.of(owner)));
        }

        @Override
        public RemovableTarget toRemove(String path, Owner owner, boolean forGood) {
            return toWrite(path, owner);
        }
    }

    private static Subject deployment(Map<String, String> annotations, String... secrets) {
        return subject(annotations, List.of(), Optional.empty(), secrets);
    }

    private static Subject subject(
            Map<String, String> annotations, List<String> finalizers, Optional<Instant> deleted, String... secrets) {
        return new Subject(
                new SubjectRef(SubjectKind.DEPLOYMENT, "ns", "app"),
                "uid",
                CREATED.toString(),
                "1",
                annotations,
                finalizers,
                deleted,
                Stream.of(secrets)
                        .map(secret -> new SecretUse(secret, Where.ENVIRONMENT, false))
                        .toList());
    }

    private static List<String> removed(Errand errand) {
        return errand.removals().stream()
                .map(pruning -> pruning.removal().place())
                .toList();
    }

    private static List<String> written(Errand errand) {
        return errand.syncs().stream().map(Errand.Part::place).toList();
    }

    private static Change onto(@Nullable Owner owner, boolean exists) {
        Observed observed = new Observed(
                exists, Optional.ofNullable(owner), Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), "", "1");
        return new Change(observed, SecretContent.nothing(), List.of());
    }

    @Test
    void pathsAreRecordedBeforeTheyAreWritten() {
        Errand errand = dialect.compile(deployment(Map.of(Notes.PATH, "kv/a"), "x", "y"));
        assertThat(written(errand)).containsExactly("kv/a/x", "kv/a/y");
        assertThat(errand.before().annotations()).containsEntry(Notes.PATHS, Optional.of("[\"kv/a/x\",\"kv/a/y\"]"));
        assertThat(errand.before().finalizers()).contains(List.of(Notes.FINALIZER));
    }

    @Test
    void whatIsNamedNoMoreIsPrunedAndAMoveWaitsForTheNewPath() {
        Errand errand = dialect.compile(
                deployment(Map.of(Notes.PATH, "kv/b", Notes.PATHS, "[\"kv/a/x\",\"kv/b/old\",\"kv/b/x\"]"), "x"));
        assertThat(removed(errand)).containsExactly("kv/a/x", "kv/b/old");
        assertThat(errand.removals()).extracting(Errand.Pruning::replaced).containsExactly(true, false);
    }

    @Test
    void thatAnOptionalSecretIsMissingHoldsUpNoMove() {
        assertThat(dialect.isDone(new Outcome.Rejected(Reason.NOTHING_TO_WRITE.problem("optional"))))
                .isTrue();
        assertThat(dialect.isDone(new Outcome.Rejected(Reason.VALUE_NOT_TEXT.problem("binary"))))
                .isFalse();
        assertThat(dialect.isDone(new Outcome.SourceFailed(Reason.SECRET_MISSING.problem("required"))))
                .isFalse();
    }

    @Test
    void anotherSpellingOfAPathIsNoOtherPath() {
        Errand errand = dialect.compile(deployment(
                Map.of(Notes.PATH, "kv/data/a", Notes.PATHS, "[\"kv/a/x\",\"kv/data/data/a/x\",\"kv/b/x\"]"), "x"));
        assertThat(removed(errand)).containsExactly("kv/b/x");
    }

    @Test
    void aRecordThatSomebodyForgedLeadsNowhere() {
        Errand errand = dialect.compile(
                deployment(Map.of(Notes.PATH, "kv/b", Notes.PATHS, "[\"sys/mounts/x\",\"kv/victim\"]"), "x"));
        assertThat(removed(errand)).containsExactly("kv/victim");
        Guard guard = errand.removals().getFirst().removal().guard();
        assertThat(guard.check(onto(OTHER, true))).isPresent();
        assertThat(guard.check(onto(null, true)))
                .as("not marked, and not named now")
                .isPresent();
    }

    @Test
    void anObjectOfTheOriginalsIsRemovedByWhatItsAnnotationsName() {
        Map<String, String> written = Map.of(Notes.PATH, "kv/a", Notes.VERSIONS, "{\"x\":\"1\",\"y\":\"2\"}");
        Errand errand = dialect.compile(subject(written, List.of(Notes.FINALIZER), Optional.of(CREATED), "x", "y"));
        assertThat(removed(errand)).containsExactly("kv/a/x", "kv/a/y");
        assertThat(errand.removals().getFirst().removal().guard().check(onto(null, true)))
                .isEmpty();
    }

    @Test
    void aMarkDecidesWhoseAPathIs() {
        Guard guard = dialect.compile(deployment(Map.of(Notes.PATH, "kv/a"), "x"))
                .syncs()
                .getFirst()
                .sync()
                .guard();
        Owner mine = new Owner("cluster-uid", "Deployment", "ns/app", "uid");
        Owner earlier = new Owner("cluster-uid", "Deployment", "ns/app", "uid-before");
        Owner elsewhere = new Owner("another-uid", "Deployment", "ns/app", "uid-there");
        assertThat(guard.check(onto(mine, true))).isEmpty();
        assertThat(guard.check(onto(earlier, true))).isEmpty();
        assertThat(guard.check(onto(null, true))).as("as the original").isEmpty();
        assertThat(guard.check(onto(OTHER, false))).as("nothing is there").isEmpty();
        assertThat(guard.check(onto(OTHER, true))).map(Problem::reason).contains("PathNotOwned");
        assertThat(guard.check(onto(elsewhere, true))).isPresent();
    }

    @Test
    void aClusterThatIsNotKnownTakesNobodyForAnEarlierLife() {
        Guard guard = dialect(new Cluster("", ""))
                .compile(deployment(Map.of(Notes.PATH, "kv/a"), "x"))
                .syncs()
                .getFirst()
                .sync()
                .guard();
        assertThat(guard.check(onto(new Owner("", "Deployment", "ns/app", "uid-there"), true)))
                .isPresent();
    }

    @Test
    void takingOverNamesWhomFrom() {
        for (String from : List.of("any", Ownership.text(OTHER))) {
            Guard guard = dialect.compile(deployment(Map.of(Notes.PATH, "kv/a", Notes.TAKE_OVER, from), "x"))
                    .syncs()
                    .getFirst()
                    .sync()
                    .guard();
            assertThat(guard.check(onto(OTHER, true))).isEmpty();
        }
    }

    @Test
    void withoutAPathTheFinalizerGoesEvenFromAnObjectThatIsBeingDeleted() {
        for (Optional<Instant> deleted : List.of(Optional.<Instant>empty(), Optional.of(CREATED))) {
            Errand errand = dialect.compile(subject(Map.of(), List.of("other", Notes.FINALIZER), deleted));
            assertThat(errand.before().finalizers()).contains(List.of("other"));
            assertThat(errand.removals()).isEmpty();
        }
    }

    @Test
    void aFailedRemovalKeepsTheObjectAndTheRecord() {
        Subject subject = subject(
                Map.of(Notes.PATH, "kv/a", Notes.PATHS, "[\"kv/a/x\"]"),
                List.of(Notes.FINALIZER),
                Optional.of(CREATED),
                "x");
        Errand errand = dialect.compile(subject);
        Outcome failed = new Outcome.TargetFailed(new Problem("VaultUnavailable", "away"), List.of());
        Conclusion kept = dialect.conclude(
                subject,
                errand,
                new Results(
                        List.of(), List.of(new Results.Removed(errand.removals().getFirst(), failed))));
        assertThat(kept.retry()).isTrue();
        assertThat(kept.after().finalizers()).isEmpty();
        Conclusion left = dialect.conclude(
                subject,
                errand,
                new Results(
                        List.of(),
                        List.of(new Results.Removed(errand.removals().getFirst(), new Outcome.Unchanged(List.of())))));
        assertThat(left.after().finalizers()).contains(List.of());
    }

    @Test
    void aRefusedPathIsTriedAgainWithoutAnotherNote() {
        Subject subject = deployment(Map.of(Notes.PATH, "kv/a", Notes.PATHS, "[\"kv/a/x\",\"kv/a/y\"]"), "x", "y");
        Errand errand = dialect.compile(subject);
        Outcome held = new Outcome.Held(new Problem("PathNotOwned", "refused"), List.of());
        Conclusion conclusion = dialect.conclude(
                subject,
                errand,
                new Results(
                        List.of(
                                new Results.Written(errand.syncs().get(0), held, Duration.ZERO),
                                new Results.Written(
                                        errand.syncs().get(1), new Outcome.Unchanged(List.of()), Duration.ZERO)),
                        List.of()));
        assertThat(errand.before().annotations()).isEmpty();
        assertThat(conclusion.after().annotations()).isEmpty();
        assertThat(conclusion.retry()).isTrue();
    }

    private static final class FakeTarget implements RemovableTarget {
        private final Optional<Owner> owner;

        FakeTarget(Optional<Owner> owner) {
            this.owner = owner;
        }

        @Override
        public Optional<Owner> owner() {
            return owner;
        }

        @Override
        public io.keyferry.engine.target.DataPolicy dataPolicy() {
            return io.keyferry.engine.target.DataPolicy.REPLACE;
        }

        @Override
        public Observed observe() {
            return Observed.nothing();
        }

        @Override
        public Observed observeFresh() {
            return Observed.nothing();
        }

        @Override
        public void apply(Change change) {}

        @Override
        public void remove(Change change) {}
    }
}
