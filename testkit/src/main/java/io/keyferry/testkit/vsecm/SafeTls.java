package io.keyferry.testkit.vsecm;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** The server's side of mutual TLS: 1.2 or 1.3, and a client certificate or nothing. */
final class SafeTls {
    private static final char[] PASSWORD = {};

    private final SSLContext context;
    private final boolean oldOnly;

    SafeTls(TestSvid svid, Supplier<Instant> clock, boolean oldOnly) {
        try {
            context = context(svid, clock);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        this.oldOnly = oldOnly;
    }

    private static SSLContext context(TestSvid svid, Supplier<Instant> clock)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("safe", svid.key(), PASSWORD, svid.chain().toArray(new X509Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new ClientTrust(svid.authority(), clock)}, null);
        return context;
    }

    SSLSocket over(Socket plain) throws IOException {
        if (!(context.getSocketFactory().createSocket(plain, null, true) instanceof SSLSocket secure)) {
            throw new SSLException("the platform has no TLS");
        }
        secure.setEnabledProtocols(oldOnly ? new String[] {"TLSv1.2"} : new String[] {"TLSv1.3", "TLSv1.2"});
        secure.setNeedClientAuth(true);
        return secure;
    }
}
