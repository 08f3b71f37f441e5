package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.content.Problem;

/** Why a VaultSecret is not ready, as its condition says it. */
enum Reason {
    INVALID_RESOURCE("InvalidResource"),
    VAULT_FAILED("VaultFailed"),
    VAULT_READ_FAILED("VaultReadFailed"),
    SYNC_REJECTED("SyncRejected"),
    ALL_PATHS_VANISHED("AllPathsVanished");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    Problem problem(String message) {
        return new Problem(text, message);
    }

    boolean isReasonOf(Problem problem) {
        return problem.reason().equals(text);
    }
}
