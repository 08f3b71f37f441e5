package io.keyferry.store.vault;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.Optional;

/**
 * How this process speaks to every Vault.
 *
 * @param tls trust and client certificate, or empty for the platform's defaults
 * @param proxies which proxy to use for which address
 * @param namespace the Vault namespace of addresses that name none; empty for none
 * @param requestTimeout for one request from first to last byte; longer than zero
 * @param connectTimeout for the connection within that
 * @param maxRetries how often one request is repeated after a failure that may pass; 0 for never
 * @param maxResponseBytes the largest response body that is read
 * @param refreshBefore how long before its expiry a token is replaced
 */
public record VaultConfig(
        Optional<TlsMaterial> tls,
        ProxySelector proxies,
        String namespace,
        Duration requestTimeout,
        Duration connectTimeout,
        int maxRetries,
        int maxResponseBytes,
        Duration refreshBefore) {
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(60);
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_REFRESH_BEFORE = Duration.ofMinutes(2);
    public static final int DEFAULT_MAX_RESPONSE_BYTES = 2 << 20;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a time, a count or a size is out of range
     */
    public VaultConfig {
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("requestTimeout must be longer than zero");
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("connectTimeout must be longer than zero");
        }
        if (maxRetries < 0 || maxResponseBytes <= 0 || refreshBefore.isNegative()) {
            throw new IllegalArgumentException("maxRetries, maxResponseBytes and refreshBefore must not be negative");
        }
    }

    /** The same for questions whose answer is worth nothing later: no longer than this, and asked once. */
    VaultConfig impatient(Duration timeout) {
        return new VaultConfig(tls, proxies, namespace, timeout, timeout, 0, maxResponseBytes, refreshBefore);
    }

    /** The defaults, without TLS options, proxy and namespace. */
    public static VaultConfig defaults() {
        return new VaultConfig(
                Optional.empty(),
                Proxies.none(),
                "",
                DEFAULT_REQUEST_TIMEOUT,
                DEFAULT_CONNECT_TIMEOUT,
                0,
                DEFAULT_MAX_RESPONSE_BYTES,
                DEFAULT_REFRESH_BEFORE);
    }
}
