package io.keyferry.store.vault;

import java.nio.file.Path;

/**
 * How the operator itself logs in to one Vault.
 *
 * @param address the Vault's URL
 * @param path where to log in, below {@code /v1/}, for example {@code auth/kubernetes/login}
 * @param role the role to ask for
 * @param tokenFile the file that holds the JWT; it is read anew for each login, and sent as it is
 */
public record OperatorLogin(String address, String path, String role, Path tokenFile) {}
