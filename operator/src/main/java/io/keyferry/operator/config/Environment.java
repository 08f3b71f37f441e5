package io.keyferry.operator.config;

import io.keyferry.dialect.vaultsecret.VaultSecretDefaults;
import io.keyferry.dialect.vaultsecret.VaultSecretOptions;
import io.keyferry.store.vault.VaultAddresses;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environment variables that the vaultsecret dialect's original reads. Names are matched whatever their case; one
 * that is set but empty counts as set.
 */
final class Environment {
    private static final int DEFAULT_WRITES = 32;
    private static final String ALLOWED = "KEYFERRY_ALLOWED_ADDRS";

    private final Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Lookup lookup;

    Environment(Map<String, String> variables, ConfigProblems problems) {
        lookup = new Lookup(this.variables, problems);
        // Of two names that differ in case alone the one in capitals counts.
        variables.forEach((name, value) -> this.variables.merge(
                name, value, (one, other) -> variables.getOrDefault(name.toUpperCase(Locale.ROOT), other)));
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    VaultSecretDefaults vaultSecretDefaults() {
        String address = get("VAULT_ADDR").orElse("http://127.0.0.1:8200");
        String bare = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        return new VaultSecretDefaults(
                address,
                get("VAULT_UI_ADDR").orElse(bare + "/ui"),
                get("DEFAULT_SA_AUTH_PATH").orElse(""),
                get("DEFAULT_SA_NAME").orElse("vault-operator-sync"),
                get("DEFAULT_RECONCILE_PERIOD").orElse("10m"),
                get("ROLE").orElse(""),
                options());
    }

    private VaultSecretOptions options() {
        return new VaultSecretOptions(
                lookup.isOn("KEYFERRY_EXACT_NUMBERS"),
                get("KEYFERRY_TOKEN_AUDIENCE").orElse(""),
                allowedAddresses(),
                lookup.isOn("KEYFERRY_STATUS_ON_CHANGE"));
    }

    private Set<String> allowedAddresses() {
        return Stream.of(get(ALLOWED).orElse("").split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .filter(address -> VaultAddresses.problem(address)
                        .map(problem -> lookup.wrong(ALLOWED, Masking.of(address), "is no address of a Vault", false))
                        .orElse(true))
                .collect(Collectors.toSet());
    }

    /** {@code MAX_CONCURRENT_RECONCILES}, where it is set, bounds what the API server has to bear at once. */
    int writes() {
        Optional<String> text = get("MAX_CONCURRENT_RECONCILES");
        if (text.isEmpty()) {
            return DEFAULT_WRITES;
        }
        try {
            return Math.max(1, Integer.parseInt(text.get()));
        } catch (NumberFormatException e) {
            return lookup.wrong("MAX_CONCURRENT_RECONCILES", text.get(), "is no number", DEFAULT_WRITES);
        }
    }
}
