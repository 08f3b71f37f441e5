package io.keyferry.store.vault;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.target.TargetException;
import java.util.Map;

/**
 * Failures of writes and deletions in the words of vault-sync-operator, classified by what Vault answered. The problem's
 * detail {@code error_type} is that operator's class of the failure, and {@code path} the path as it was written.
 */
final class KvFailures {
    private static final String STALE = "check-and-set parameter did not match the current version";

    private KvFailures() {}

    /** Whether somebody else wrote first. */
    static boolean isStale(VaultError e) {
        return e.status() == 400 && e.text().contains(STALE);
    }

    /** @param what what failed, for example {@code failed to write secret to vault at path secret/data/app} */
    static TargetException of(String what, String path, VaultError e) {
        String hint = e.status() == 413 || e.text().contains("too large")
                ? "; the storage behind Vault takes no entry of this size: select fewer keys, or spread them over several paths"
                : "";
        return problem(reason(e), type(e), what + ": " + e.text() + hint, path, e);
    }

    static TargetException of(String what, String path, StoreException e) {
        return problem(
                "VaultLoginFailed",
                "auth_failed",
                what + ": failed to re-authenticate: " + e.failure().message(),
                path,
                e);
    }

    static TargetException refused(String reason, String message, String path) {
        return new TargetException(new Problem(reason, message, details("unknown", path)), null);
    }

    private static TargetException problem(String reason, String type, String message, String path, Exception cause) {
        return new TargetException(new Problem(reason, message, details(type, path)), cause);
    }

    private static Map<String, String> details(String type, String path) {
        return Map.of("error_type", type, "path", path);
    }

    /** A server that answers, be it sealed, is no failed connection: the original files that under {@code unknown}. */
    private static String type(VaultError e) {
        return switch (e.status()) {
            case 401, 403 -> "permission_denied";
            case 404, 405 -> "invalid_path";
            case 0 -> e.kind() == Kind.INVALID ? "unknown" : "connection_failed";
            case 408, 504 -> "connection_failed";
            default -> "unknown";
        };
    }

    private static String reason(VaultError e) {
        return switch (type(e)) {
            case "permission_denied" -> "VaultDenied";
            case "invalid_path" -> "VaultPathInvalid";
            case "connection_failed" -> "VaultUnavailable";
            default -> "VaultRefused";
        };
    }
}
