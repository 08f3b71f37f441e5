package io.keyferry.dialect.vaultsecret;

/**
 * What is open about how values are laid out.
 *
 * @param separator joins names and indexes of nested values in env
 * @param exactNumbers as in {@link VaultSecretOptions}
 */
record Layout(String separator, boolean exactNumbers) {}
