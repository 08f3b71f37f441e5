package io.keyferry.store.vsecm.spiffe;

import io.keyferry.engine.time.TimeSource;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server whose certificate is an X.509-SVID, leads to an authority of its own trust domain, and is for a SPIFFE ID that
 * is meant. Host names say nothing here and are not compared; being an extended trust manager keeps the platform from it.
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private final X509Context own;
    private final SpiffeIdPattern meant;
    private final TimeSource time;

    PeerTrust(X509Context own, SpiffeIdPattern meant, TimeSource time) {
        this.own = own;
        this.meant = meant;
        this.time = time;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        SpiffeId id;
        try {
            id = LeafRules.id(chain[0], LeafRules.SERVER);
        } catch (MalformedSvidException e) {
            throw new PeerUntrustedException("the server shows no X.509-SVID: " + e.getMessage());
        }
        List<X509Certificate> authorities = own.authorities(id.trustDomain());
        if (authorities.isEmpty()) {
            throw new PeerUntrustedException(
                    "there is no trust bundle for the server's trust domain " + id.trustDomain());
        }
        checkPath(chain, authorities);
        if (!meant.matches(id)) {
            throw new PeerUntrustedException("the server is " + id + ", which is not who is meant");
        }
    }

    private void checkPath(X509Certificate[] chain, List<X509Certificate> authorities) throws CertificateException {
        List<X509Certificate> path = Arrays.stream(chain)
                .filter(certificate -> !authorities.contains(certificate))
                .toList();
        if (path.isEmpty() || !path.getFirst().equals(chain[0])) {
            throw new PeerUntrustedException("the server shows an authority's certificate");
        }
        try {
            Set<TrustAnchor> anchors = authorities.stream()
                    .map(authority -> new TrustAnchor(authority, null))
                    .collect(Collectors.toSet());
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(time.now()));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (CertPathValidatorException e) {
            throw new PeerUntrustedException(
                    "the server's certificate does not lead to the trust bundle (" + e.getReason() + ")");
        } catch (GeneralSecurityException e) {
            throw new PeerUntrustedException("the server's certificate cannot be checked");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
