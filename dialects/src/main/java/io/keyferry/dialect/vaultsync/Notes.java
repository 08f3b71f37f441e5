package io.keyferry.dialect.vaultsync;

/** Names of annotations, and the finalizer. */
final class Notes {
    static final String FINALIZER = "vault-sync.io/finalizer";
    static final String PATH = "vault-sync.io/path";
    static final String SECRETS = "vault-sync.io/secrets";
    static final String PRESERVE = "vault-sync.io/preserve-on-delete";
    static final String RECONCILE = "vault-sync.io/reconcile";
    static final String ROTATION_CHECK = "vault-sync.io/rotation-check";
    static final String VERSIONS = "vault-sync.io/secret-versions";

    /** The paths that were written for the object, or were about to be. */
    static final String PATHS = "keyferry.io/vault-paths";

    /** Whose paths the object may take over: the owner as the event names it, or {@code any}. */
    static final String TAKE_OVER = "keyferry.io/take-over";

    /** What else is discovered in pods: {@code projected}, {@code imagePullSecrets}. */
    static final String DISCOVER = "keyferry.io/discover";

    /** Kept up to date if the object has it. */
    static final String STATUS = "keyferry.io/status";

    private Notes() {}
}
