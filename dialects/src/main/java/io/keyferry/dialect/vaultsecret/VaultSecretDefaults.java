package io.keyferry.dialect.vaultsecret;

/**
 * What applies where a VaultSecret says nothing. Empty means that there is no default.
 *
 * @param address {@code VAULT_ADDR}
 * @param uiAddress {@code VAULT_UI_ADDR}: the base of links to Vault's pages
 * @param loginPath {@code DEFAULT_SA_AUTH_PATH}
 * @param serviceAccount {@code DEFAULT_SA_NAME}
 * @param reconcilePeriod {@code DEFAULT_RECONCILE_PERIOD}, checked for each VaultSecret that needs it
 * @param role {@code ROLE}; the object's namespace if empty
 * @param options what is not as in the original
 */
public record VaultSecretDefaults(
        String address,
        String uiAddress,
        String loginPath,
        String serviceAccount,
        String reconcilePeriod,
        String role,
        VaultSecretOptions options) {}
