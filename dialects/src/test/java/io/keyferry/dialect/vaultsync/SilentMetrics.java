package io.keyferry.dialect.vaultsync;

import java.time.Duration;

/** Counts nothing. */
final class SilentMetrics implements VaultSyncMetrics {
    @Override
    public void attempted(String namespace, String resource, boolean success) {}

    @Override
    public void took(String namespace, String resource, Duration duration) {}

    @Override
    public void discovered(String namespace, String resource, int secrets) {}

    @Override
    public void writeFailed(String errorType, String path) {}

    @Override
    public void secretMissing(String namespace, String secret) {}

    @Override
    public void keyMissing(String namespace, String secret, String key) {}

    @Override
    public void annotationUnreadable(String namespace, String resource) {}

    @Override
    public void checked(boolean changed) {}

    @Override
    public void batch(int size, Duration duration) {}

    @Override
    public void forget(String namespace, String resource) {}

    @Override
    public void forgetSecret(String namespace, String secret) {}

    @Override
    public void forgetKey(String namespace, String secret, String key) {}

    @Override
    public void forgetPath(String errorType, String path) {}
}
