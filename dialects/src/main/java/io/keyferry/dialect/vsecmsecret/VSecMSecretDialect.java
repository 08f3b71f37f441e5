package io.keyferry.dialect.vsecmsecret;

import io.keyferry.dialect.vsecmsecret.Conditions.Readiness;
import io.keyferry.engine.Removal;
import io.keyferry.engine.Sync;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.controller.Compiled;
import io.keyferry.kubernetes.controller.Dialect;
import io.keyferry.kubernetes.controller.Report;
import io.keyferry.kubernetes.controller.Result;
import io.keyferry.kubernetes.secret.Abandoned;
import io.keyferry.kubernetes.secret.ClaimGuard;
import io.keyferry.kubernetes.secret.OwnerRef;
import io.keyferry.kubernetes.secret.SecretName;
import io.keyferry.kubernetes.secret.SecretTargetSpec;
import io.keyferry.kubernetes.secret.SecretTargets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The {@code vsecmsecret} dialect: a drop-in for the VSecMSecret operator. */
public final class VSecMSecretDialect implements Dialect<VSecMSecret> {
    /** The dialect's name, also that of its controller in logs and metrics. */
    public static final String NAME = "vsecmsecret";

    /** The name of its lease, which is its original's. */
    public static final String LEASE = "vsecm-operator.vsecm.com";

    private static final String OPERATED_BY = "app.kubernetes.io/operated-by";
    private static final String SAFE = "vsecm";

    private final VSecMSecretSettings settings;
    private final SafeUrls urls;
    private final SecretTargets targets;
    private final Claims<SecretName> claims;
    private final TimeSource time;
    private final VSecMSecretReports reports;
    private final VSecMSecretMetrics metrics;
    private final Mentions mentions = new Mentions();

    public VSecMSecretDialect(
            VSecMSecretSettings settings,
            SafeUrls urls,
            SecretTargets targets,
            Claims<SecretName> claims,
            TimeSource time,
            VSecMSecretMetrics metrics) {
        this.settings = settings;
        this.urls = urls;
        this.targets = targets;
        this.claims = claims;
        this.time = time;
        this.reports = new VSecMSecretReports(settings, time);
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<VSecMSecret> resourceType() {
        return VSecMSecret.class;
    }

    @Override
    public String plural() {
        return "vsecmsecrets";
    }

    @Override
    public String leaseName() {
        return LEASE;
    }

    @Override
    public String eventComponent() {
        return "vsecm-operator";
    }

    @Override
    public Compiled compile(VSecMSecret object, Predicate<Owner> gone) {
        Wish wish;
        try {
            wish = Wish.of(object, settings, urls);
        } catch (InvalidResourceException e) {
            return new Compiled.Invalid(e.problem());
        }
        String namespace = object.getMetadata().getNamespace();
        SecretName target = new SecretName(namespace, wish.target());
        Optional<OwnerRef> mark = wish.policies().deletes() ? Optional.of(mark(object)) : Optional.empty();
        Guard guard = new ClaimGuard(target, object.getMetadata().getUid(), claims, Reason.TARGET_CONFLICT.text());
        Abandoned abandoned =
                mentions.abandoned(name(object), object.getMetadata().getUid(), target, wish);
        Sync sync = new Sync(
                new SyncId(NAME, namespace, object.getMetadata().getName()),
                new VSecMSecretRecipe(wish, new UsageRules(settings, namespace, time), () -> targets.exists(target)),
                targets.target(new SecretTargetSpec(target, mark, DataPolicy.OWN, abandoned)),
                mark.isPresent() ? guard.and(new MarkGuard(target, mark(object), gone)) : guard,
                wish.interval().refresh());
        return new Compiled.Ready(sync, target, Conditions.isReady(object));
    }

    /** Not one that holds up anything: that would take rights that the original's role does not have. */
    private static OwnerRef mark(VSecMSecret object) {
        return new OwnerRef(
                object.getApiVersion(),
                object.getKind(),
                object.getMetadata().getName(),
                object.getMetadata().getUid(),
                true,
                false);
    }

    @Override
    public Optional<Removal> goesWith(VSecMSecret object) {
        try {
            Wish wish = Wish.of(object, settings, urls);
            SecretName target = new SecretName(object.getMetadata().getNamespace(), wish.target());
            OwnerRef mark = mark(object);
            return wish.policies().deletes()
                    ? Optional.of(new Removal(
                            "Secret " + target,
                            targets.target(new SecretTargetSpec(target, Optional.of(mark), DataPolicy.OWN)),
                            change -> MarkGuard.bears(change.observed(), mark)
                                    ? Optional.empty()
                                    : Optional.of(new Problem("NotOurs", "it does not bear this object's mark"))))
                    : Optional.empty();
        } catch (InvalidResourceException e) {
            return Optional.empty();
        }
    }

    /** Policies stand in annotations, which do not count as a new generation. */
    @Override
    public boolean isEdited(VSecMSecret before, VSecMSecret after) {
        return !Policies.of(before.getMetadata().getAnnotations(), settings)
                .equals(Policies.of(after.getMetadata().getAnnotations(), settings));
    }

    @Override
    public Report report(VSecMSecret object, Result result) {
        if (result instanceof Result.Ran ran && ran.outcome().obstacle().isEmpty()) {
            mentions.settled(name(object));
        }
        return reports.report(object, result, operatedBySafe(object, result));
    }

    private static SecretName name(VSecMSecret object) {
        return new SecretName(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    private List<Notice> operatedBySafe(VSecMSecret object, Result result) {
        VSecMSecretSpec.Target target = Wish.spec(object).target();
        String name = target == null ? null : target.name();
        if (name == null || result instanceof Result.Invalid) {
            return List.of();
        }
        SecretName secret = new SecretName(object.getMetadata().getNamespace(), name);
        return targets.isLabelled(secret, OPERATED_BY, SAFE)
                ? List.of(new Notice(
                        "TargetWrittenBySafe",
                        "Safe writes Secret %s itself, for a secret whose name begins with k8s:, and replaces labels, annotations and data whole: choose another target, or delete that secret"
                                .formatted(name)))
                : List.of();
    }

    @Override
    public void measure(VSecMSecret object, Result result, Duration took) {
        Readiness readiness = reports.readiness(object, result);
        metrics.refreshed(readiness.isReady(), readiness.why().reason(), took);
        metrics.stands(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                reports.lastSuccess(object),
                reports.interval(object).period());
    }

    @Override
    public void forget(String namespace, String name) {
        reports.forget(namespace, name);
        mentions.forget(new SecretName(namespace, name));
        metrics.forget(namespace, name);
    }
}
