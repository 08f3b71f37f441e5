package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.Refresh;
import io.keyferry.engine.Sync;
import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.Owner;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.controller.Compiled;
import io.keyferry.kubernetes.controller.Dialect;
import io.keyferry.kubernetes.controller.Report;
import io.keyferry.kubernetes.controller.Result;
import io.keyferry.kubernetes.secret.ClaimGuard;
import io.keyferry.kubernetes.secret.OwnershipGuard;
import io.keyferry.kubernetes.secret.SecretName;
import io.keyferry.kubernetes.secret.SecretTargetSpec;
import io.keyferry.kubernetes.secret.SecretTargets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The {@code syncedsecret} dialect: a drop-in for kube-secret-syncer. */
public final class SyncedSecretDialect implements Dialect<SyncedSecret> {
    /** The dialect's name, also that of its controller in logs and metrics. */
    public static final String NAME = "syncedsecret";

    /** The name of its lease, which is its original's. */
    public static final String LEASE = "5a48bfe8.contentful.com";

    private static final int ACCOUNT_DIGITS = 12;

    private final SyncedSecretSettings settings;
    private final SecretTargets targets;
    private final Claims<SecretName> claims;
    private final SyncedSecretReports reports;

    public SyncedSecretDialect(
            SyncedSecretSettings settings,
            SecretTargets targets,
            Claims<SecretName> claims,
            SyncedSecretReports reports) {
        this.settings = settings;
        this.targets = targets;
        this.claims = claims;
        this.reports = reports;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<SyncedSecret> resourceType() {
        return SyncedSecret.class;
    }

    @Override
    public String plural() {
        return "syncedsecrets";
    }

    @Override
    public String leaseName() {
        return LEASE;
    }

    @Override
    public String eventComponent() {
        return "kube-secret-syncer";
    }

    @Override
    public Compiled compile(SyncedSecret object, Predicate<Owner> gone) {
        SyncedSecretSpec spec =
                object.getSpec() == null ? new SyncedSecretSpec(null, null, null, null, null) : object.getSpec();
        String account = spec.account();
        if (account != null && !isAccount(account)) {
            return new Compiled.Invalid(Reason.INVALID_RESOURCE.problem(
                    "spec.AWSAccountID: \"%s\" is no AWS account: use its %d digits, in quotes"
                            .formatted(OneLine.of(account), ACCOUNT_DIGITS)));
        }
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        SecretName target = new SecretName(namespace, name);
        Sync sync = new Sync(
                new SyncId(NAME, namespace, name),
                new SyncedSecretRecipe(namespace, name, spec, settings),
                targets.target(new SecretTargetSpec(target, Optional.empty(), DataPolicy.REPLACE)),
                new ClaimGuard(target, object.getMetadata().getUid(), claims, OwnershipGuard.REASON),
                refresh());
        return new Compiled.Ready(sync, target);
    }

    /** Nothing needs to be run again by the clock: what changes, there or here, is noticed. */
    private Refresh refresh() {
        return new Refresh(Optional.of(settings.poll()), Optional.empty(), Optional.empty());
    }

    private static boolean isAccount(String text) {
        return text.length() == ACCOUNT_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public boolean isEdited(SyncedSecret before, SyncedSecret after) {
        return false;
    }

    @Override
    public Report report(SyncedSecret object, Result result) {
        return reports.report(object, result);
    }

    @Override
    public void measure(SyncedSecret object, Result result, Duration took) {}

    @Override
    public void forget(String namespace, String name) {}
}
