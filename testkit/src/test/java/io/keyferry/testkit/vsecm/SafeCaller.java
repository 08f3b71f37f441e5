package io.keyferry.testkit.vsecm;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Calls a Safe as some workload. */
record SafeCaller(URI safe, TestSvid svid, String protocol) {
    private static final char[] PASSWORD = {};

    record Answer(int status, String head, String body) {}

    SafeCaller(StandInSafe safe, TestSvid svid) {
        this(safe.address(), svid, "TLSv1.3");
    }

    Answer get(String target) throws IOException {
        return call("GET", target, "");
    }

    Answer call(String method, String target, String body) throws IOException {
        try (Socket socket = context().getSocketFactory().createSocket(safe.getHost(), safe.getPort())) {
            socket.setSoTimeout(10_000);
            ((SSLSocket) socket).setEnabledProtocols(new String[] {protocol});
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String head = "%s %s HTTP/1.1\r\nHost: safe\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                    .formatted(method, target, bytes.length);
            socket.getOutputStream().write(Der.join(head.getBytes(StandardCharsets.US_ASCII), bytes));
            socket.getOutputStream().flush();
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (text.isEmpty()) {
                throw new IOException("torn");
            }
            int end = text.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
        }
    }

    private SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("own", svid.key(), PASSWORD, svid.chain().toArray(new X509Certificate[0]));
            store.setCertificateEntry("authority", svid.authority());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
