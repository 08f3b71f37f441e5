package io.keyferry.store.vsecm.spiffe;

import java.time.Duration;

/**
 * What bounds one request.
 *
 * @param connectTimeout for the TCP connection; longer than zero
 * @param requestTimeout for everything from looking up the name to the last byte of the answer; longer than zero
 * @param identityTimeout how long to wait for the first SVID before that; longer than zero
 * @param maxBodyBytes the largest body that is read
 */
public record HttpLimits(Duration connectTimeout, Duration requestTimeout, Duration identityTimeout, int maxBodyBytes) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a time or a size is not above zero
     */
    public HttpLimits {
        if (!connectTimeout.isPositive() || !requestTimeout.isPositive() || !identityTimeout.isPositive()) {
            throw new IllegalArgumentException("times must be longer than zero");
        }
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("maxBodyBytes must be above zero");
        }
    }
}
