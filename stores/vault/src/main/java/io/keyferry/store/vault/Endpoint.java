package io.keyferry.store.vault;

/**
 * One Vault as its requests see it.
 *
 * @param namespace the Vault namespace, empty for none
 */
record Endpoint(VaultAddress address, String namespace) {}
