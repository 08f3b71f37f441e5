package io.keyferry.store.vsecm.spiffe;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One X.509-SVID with its key, and the authorities of the trust domains that it may meet. */
final class X509Context {
    private final SpiffeId id;
    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final Map<String, List<X509Certificate>> bundles;

    /**
     * Takes what is known to fit together.
     *
     * @param chain leaf first, never empty
     * @param bundles by trust domain
     */
    X509Context(SpiffeId id, List<X509Certificate> chain, PrivateKey key, Map<String, List<X509Certificate>> bundles) {
        this.id = id;
        this.chain = List.copyOf(chain);
        this.key = key;
        this.bundles = Map.copyOf(bundles);
    }

    SpiffeId id() {
        return id;
    }

    List<X509Certificate> chain() {
        return chain;
    }

    PrivateKey key() {
        return key;
    }

    /** The authorities of a trust domain; none if it is unknown. */
    List<X509Certificate> authorities(String trustDomain) {
        return bundles.getOrDefault(trustDomain, List.of());
    }

    String serial() {
        return chain.getFirst().getSerialNumber().toString(16);
    }

    Instant notBefore() {
        return chain.getFirst().getNotBefore().toInstant();
    }

    /** The first end of validity within the chain: from then on nobody accepts it. */
    Instant notAfter() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    Duration lifetime() {
        return Duration.between(notBefore(), notAfter());
    }

    boolean isValid(Instant now) {
        return !now.isBefore(notBefore()) && now.isBefore(notAfter());
    }

    /** Whether {@code other} is the same SVID, whatever the bundles are. */
    boolean isSameSvid(X509Context other) {
        return chain.equals(other.chain);
    }

    @Override
    public String toString() {
        return "X509Context(" + id + ")";
    }
}
