package io.keyferry.store.vault;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** {@code VAULT_TLS_SERVER_NAME}: the certificate must be for that name, whatever the URL's host is. */
final class NamedServerTrust extends X509ExtendedTrustManager {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private final X509ExtendedTrustManager chainTrust;
    private final String serverName;

    NamedServerTrust(X509ExtendedTrustManager chainTrust, String serverName) {
        this.chainTrust = chainTrust;
        this.serverName = serverName.toLowerCase(Locale.ROOT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chainTrust.checkServerTrusted(chain, authType);
        Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
        if (names == null || names.stream().noneMatch(this::isServer)) {
            throw new CertificateException("certificate is not valid for " + serverName);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chainTrust.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        chainTrust.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        chainTrust.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chainTrust.getAcceptedIssuers();
    }

    private boolean isServer(List<?> alternativeName) {
        int type = (Integer) alternativeName.get(0);
        if ((type != DNS && type != ADDRESS) || !(alternativeName.get(1) instanceof String name)) {
            return false;
        }
        String pattern = name.toLowerCase(Locale.ROOT);
        int dot = serverName.indexOf('.');
        boolean wildcard = type == DNS
                && pattern.startsWith("*.")
                && dot > 0
                && pattern.substring(1).equals(serverName.substring(dot));
        return pattern.equals(serverName) || wildcard;
    }
}
