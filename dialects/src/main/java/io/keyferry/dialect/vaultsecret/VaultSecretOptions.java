package io.keyferry.dialect.vaultsecret;

import java.util.Set;

/**
 * Where to leave the original operator's ways. {@link #original()} keeps them all.
 *
 * @param exactNumbers numbers and null are written as Vault gave them: {@code 1000000} instead of {@code 1e+06} in env,
 *     unquoted in yaml, {@code null} instead of {@code <nil>}
 * @param tokenAudience the audience of ServiceAccount tokens that Vault gets; empty for the API server's default
 * @param allowedAddresses the only addresses that a VaultSecret may name in {@code spec.addr}, besides the default;
 *     empty for any
 * @param statusOnChange {@code lastUpdated} is the time of the last change instead of the last look
 */
public record VaultSecretOptions(
        boolean exactNumbers, String tokenAudience, Set<String> allowedAddresses, boolean statusOnChange) {
    public VaultSecretOptions {
        allowedAddresses = Set.copyOf(allowedAddresses);
    }

    public static VaultSecretOptions original() {
        return new VaultSecretOptions(false, "", Set.of(), false);
    }
}
