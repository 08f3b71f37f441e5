package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.Outcome;
import io.keyferry.engine.Refresh;
import io.keyferry.engine.Sync;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.EmptyingGuard;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.Owner;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.controller.Compiled;
import io.keyferry.kubernetes.controller.Dialect;
import io.keyferry.kubernetes.controller.Report;
import io.keyferry.kubernetes.controller.Result;
import io.keyferry.kubernetes.secret.OwnerRef;
import io.keyferry.kubernetes.secret.OwnershipGuard;
import io.keyferry.kubernetes.secret.SecretName;
import io.keyferry.kubernetes.secret.SecretTargetSpec;
import io.keyferry.kubernetes.secret.SecretTargets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** The {@code vaultsecret} dialect: a drop-in for k8s-vault-operator. */
public final class VaultSecretDialect implements Dialect<VaultSecret> {
    /** The dialect's name, also that of its controller in logs and metrics. */
    public static final String NAME = "vaultsecret";

    /** The name of its lease, which is its original's. */
    public static final String LEASE = "7efd0e49.k8s.kiwi.com";

    private static final String ALLOW_EMPTY = "keyferry.io/allow-empty";

    private final VaultSecretDefaults defaults;
    private final RequestParser parser;
    private final SecretTargets targets;
    private final Claims<SecretName> claims;
    private final VaultSecretReports reports;
    private final VaultSecretMetrics metrics;

    public VaultSecretDialect(
            VaultSecretDefaults defaults,
            SecretTargets targets,
            Claims<SecretName> claims,
            VaultSecretReports reports,
            VaultSecretMetrics metrics) {
        this.defaults = defaults;
        this.parser = new RequestParser(defaults);
        this.targets = targets;
        this.claims = claims;
        this.reports = reports;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<VaultSecret> resourceType() {
        return VaultSecret.class;
    }

    @Override
    public String plural() {
        return "vaultsecrets";
    }

    @Override
    public String leaseName() {
        return LEASE;
    }

    @Override
    public String eventComponent() {
        return "vault-operator";
    }

    @Override
    public Compiled compile(VaultSecret object, Predicate<Owner> gone) {
        Request request;
        try {
            request = parser.parse(object);
        } catch (IllegalArgumentException e) {
            return new Compiled.Invalid(Reason.INVALID_RESOURCE.problem(Objects.requireNonNull(e.getMessage())));
        }
        String namespace = object.getMetadata().getNamespace();
        SyncId id = new SyncId(NAME, namespace, request.name());
        OwnerRef owner = OwnerRef.controlling(
                object.getApiVersion(),
                object.getKind(),
                request.name(),
                object.getMetadata().getUid());
        SecretName target = new SecretName(namespace, request.target());
        SecretTargetSpec spec = new SecretTargetSpec(target, Optional.of(owner), DataPolicy.REPLACE);
        Guard guard = new OwnershipGuard(target, owner, claims, gone).and(emptying(object, target));
        VaultSecretRecipe recipe = new VaultSecretRecipe(request, new UiLinks(uiAddress(request.address())));
        return new Compiled.Ready(
                new Sync(id, recipe, targets.target(spec), guard, Refresh.every(request.period())), target);
    }

    private static Guard emptying(VaultSecret object, SecretName target) {
        return new EmptyingGuard(
                isEmptyAllowed(object),
                () -> Reason.ALL_PATHS_VANISHED.problem(
                        "all paths vanished from Vault and Secret %s is not empty: it is kept; restore a path, or annotate the VaultSecret with %s: \"true\" to empty it"
                                .formatted(target, ALLOW_EMPTY)));
    }

    /** A VaultSecret with an address of its own is linked to that Vault's pages. */
    private String uiAddress(String address) {
        return bare(address).equals(bare(defaults.address())) || address.startsWith("unix:")
                ? defaults.uiAddress()
                : bare(place(address)) + "/ui";
    }

    /** Without what may be secret, or is no part of a page's address. */
    private static String place(String address) {
        String place = address.replaceFirst("[?#].*", "");
        return place.replaceFirst("^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/@]*@", "$1");
    }

    private static String bare(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static boolean isEmptyAllowed(VaultSecret object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(ALLOW_EMPTY));
    }

    @Override
    public boolean isEdited(VaultSecret before, VaultSecret after) {
        return isEmptyAllowed(before) != isEmptyAllowed(after);
    }

    @Override
    public Report report(VaultSecret object, Result result) {
        return reports.report(object, result);
    }

    @Override
    public void measure(VaultSecret object, Result result, Duration took) {
        if (result instanceof Result.Ran ran) {
            boolean error =
                    ran.outcome() instanceof Outcome.SourceFailed || ran.outcome() instanceof Outcome.TargetFailed;
            metrics.reconciled(
                    object.getMetadata().getNamespace(), object.getMetadata().getName(), error, took);
        }
    }

    @Override
    public void forget(String namespace, String name) {
        metrics.forget(namespace, name);
    }
}
