package io.keyferry.operator.config;

import io.keyferry.dialect.vaultsync.VaultSyncSettings;
import io.keyferry.store.vault.OperatorLogin;
import io.keyferry.store.vault.VaultConfig;

/**
 * The vaultsync dialect.
 *
 * @param login where and how to log in to Vault
 * @param vault how to speak to it
 * @param metricsAuth whether metrics are shown only to those who may get {@code /metrics}
 * @param alone whether no other dialect runs, so that probes and metrics are as vault-sync-operator's
 */
public record VaultSyncConfig(
        VaultSyncSettings settings, OperatorLogin login, VaultConfig vault, boolean metricsAuth, boolean alone) {}
