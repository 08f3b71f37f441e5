package io.keyferry.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.keyferry.dialect.vaultsecret.VaultSecret;
import io.keyferry.dialect.vaultsecret.VaultSecretDialect;
import io.keyferry.dialect.vaultsecret.VaultSecretReports;
import io.keyferry.kubernetes.controller.Dialect;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A dialect that this program has.
 *
 * @param name as in {@code --dialects}
 * @param apiPath where the API server serves its resources, if they are installed
 * @param crd the name of its custom resource definition
 * @param make makes the dialect
 */
record DialectFactory<R extends HasMetadata>(
        String name, String apiPath, String crd, Function<Wiring, Dialect<R>> make) {

    static final List<DialectFactory<?>> ALL = List.of(vaultSecret());

    static Set<String> names() {
        return Set.copyOf(ALL.stream().map(DialectFactory::name).toList());
    }

    private static DialectFactory<VaultSecret> vaultSecret() {
        return new DialectFactory<>(
                VaultSecretDialect.NAME,
                "/apis/" + HasMetadata.getApiVersion(VaultSecret.class),
                CustomResource.getCRDName(VaultSecret.class),
                wiring -> new VaultSecretDialect(
                        wiring.config().vaultSecret(),
                        wiring.secretTargets(),
                        wiring.claims(),
                        new VaultSecretReports(
                                wiring.time(), wiring.config().vaultSecret().options()),
                        wiring.metrics().vaultSecret()));
    }
}
