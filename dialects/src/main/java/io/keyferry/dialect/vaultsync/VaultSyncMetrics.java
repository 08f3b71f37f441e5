package io.keyferry.dialect.vaultsync;

import java.time.Duration;

/** The original's metrics. Called by many threads; must not block. */
public interface VaultSyncMetrics {
    /** A sync wrote something, or failed to. */
    void attempted(String namespace, String resource, boolean success);

    void took(String namespace, String resource, Duration duration);

    /** So many Secrets were discovered in an object's pods. */
    void discovered(String namespace, String resource, int secrets);

    void writeFailed(String errorType, String path);

    void secretMissing(String namespace, String secret);

    void keyMissing(String namespace, String secret, String key);

    void annotationUnreadable(String namespace, String resource);

    /** It was looked whether a path still holds what it should. */
    void checked(boolean changed);

    /** So many paths were looked after in one go. */
    void batch(int size, Duration duration);

    /** An object is gone, and its series with it. */
    void forget(String namespace, String resource);

    /** Nobody complains about a Secret any more. */
    void forgetSecret(String namespace, String secret);

    /** Nobody complains about a key of a Secret any more. */
    void forgetKey(String namespace, String secret, String key);

    /** Nobody writes a path any more. */
    void forgetPath(String errorType, String path);
}
