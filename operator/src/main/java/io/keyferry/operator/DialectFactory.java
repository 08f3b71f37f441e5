package io.keyferry.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.keyferry.dialect.syncedsecret.SyncedSecret;
import io.keyferry.dialect.syncedsecret.SyncedSecretDialect;
import io.keyferry.dialect.syncedsecret.SyncedSecretReports;
import io.keyferry.dialect.vaultsecret.VaultSecret;
import io.keyferry.dialect.vaultsecret.VaultSecretDialect;
import io.keyferry.dialect.vaultsecret.VaultSecretReports;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.dialect.vsecmsecret.VSecMSecret;
import io.keyferry.dialect.vsecmsecret.VSecMSecretDialect;
import io.keyferry.engine.store.StoreException;
import io.keyferry.kubernetes.controller.Dialect;
import io.keyferry.operator.doctor.Definition;
import io.keyferry.store.vsecm.SafeAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A dialect that this program has.
 *
 * @param name as in {@code --dialects}
 * @param apiPath where the API server serves its resources, if they are installed
 * @param crd the name of its custom resource definition
 * @param lease the name of its lease
 * @param needsLease false if it works where it may have no lease, since its original had none
 * @param make makes the dialect
 * @param prepare what must have worked once before the dialect starts
 * @param lead what else begins when the dialect begins to lead
 */
record DialectFactory<R extends HasMetadata>(
        String name,
        String apiPath,
        String crd,
        String lease,
        boolean needsLease,
        Function<Wiring, Dialect<R>> make,
        Preparation prepare,
        Consumer<Wiring> lead) {

    /** Work before a dialect's start. */
    interface Preparation {
        /** @throws StoreException if the dialect's store does not answer as it must */
        void run(Wiring wiring) throws StoreException, InterruptedException;
    }

    static final List<DialectFactory<?>> ALL = List.of(vaultSecret(), syncedSecret(), vsecmSecret());

    static Set<String> names() {
        Set<String> names = new TreeSet<>(ALL.stream().map(DialectFactory::name).toList());
        names.add(VaultSyncDialect.NAME);
        return names;
    }

    /** The kind that it works on. */
    Definition definition() {
        String[] groupAndVersion = apiPath.substring("/apis/".length()).split("/", 2);
        return new Definition(
                name, groupAndVersion[0], groupAndVersion[1], plural(), "deploy/crds/%s.yaml".formatted(plural()));
    }

    /** The custom resource's plural name. */
    String plural() {
        return crd.substring(0, crd.indexOf('.'));
    }

    private static DialectFactory<VaultSecret> vaultSecret() {
        return new DialectFactory<>(
                VaultSecretDialect.NAME,
                "/apis/" + HasMetadata.getApiVersion(VaultSecret.class),
                CustomResource.getCRDName(VaultSecret.class),
                VaultSecretDialect.LEASE,
                true,
                wiring -> new VaultSecretDialect(
                        wiring.config().vaultSecret(),
                        wiring.secretTargets(),
                        wiring.claims(),
                        new VaultSecretReports(
                                wiring.time(), wiring.config().vaultSecret().options()),
                        wiring.metrics().vaultSecret()),
                wiring -> {},
                wiring -> {});
    }

    private static DialectFactory<SyncedSecret> syncedSecret() {
        return new DialectFactory<>(
                SyncedSecretDialect.NAME,
                "/apis/" + HasMetadata.getApiVersion(SyncedSecret.class),
                CustomResource.getCRDName(SyncedSecret.class),
                SyncedSecretDialect.LEASE,
                true,
                wiring -> {
                    wiring.metrics().syncedSecret(SyncedSecretDialect.NAME);
                    return new SyncedSecretDialect(
                            wiring.config().syncedSecret(),
                            wiring.secretTargets(),
                            wiring.claims(),
                            new SyncedSecretReports(wiring.time()));
                },
                Wiring::prepareAws,
                Wiring::listenToAws);
    }

    private static DialectFactory<VSecMSecret> vsecmSecret() {
        return new DialectFactory<>(
                VSecMSecretDialect.NAME,
                "/apis/" + HasMetadata.getApiVersion(VSecMSecret.class),
                CustomResource.getCRDName(VSecMSecret.class),
                VSecMSecretDialect.LEASE,
                false,
                wiring -> new VSecMSecretDialect(
                        wiring.config().vsecmSecret(),
                        url -> SafeAddress.parse(url).toString(),
                        wiring.secretTargets(),
                        wiring.claims(),
                        wiring.time(),
                        wiring.vsecm().series()),
                wiring -> wiring.vsecm().start(),
                wiring -> {});
    }
}
