package io.keyferry.store.vault;

/** An environment variable of the Vault client does not hold what it should; the message names it. */
public final class VaultConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public VaultConfigException(String variable, String problem) {
        super(variable + ": " + problem);
    }
}
