package io.keyferry.testkit;

/** A Vault's answer that is no success. It tells method, path and status, and nothing of the bodies. */
public final class VaultRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    VaultRefusal(String method, String path, int status) {
        super(method + " " + path + ": status " + status);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
