package io.keyferry.store.vsecm.spiffe;

import io.keyferry.engine.time.TimeSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * One GET on a connection of its own under one SVID. Neither the connection nor a TLS session outlives it, so no request is
 * ever made under an earlier identity. The blocking call ends early when its thread is interrupted, if that is a virtual one.
 */
final class Exchange {
    private static final int HTTPS = 443;

    private final URI url;
    private final X509Context identity;
    private final SpiffeIdPattern meant;
    private final HttpLimits limits;
    private final TimeSource time;
    private final BooleanSupplier held;

    /** @param held whether the process still has an SVID: the agent may take it back at any time */
    Exchange(
            URI url,
            X509Context identity,
            SpiffeIdPattern meant,
            HttpLimits limits,
            TimeSource time,
            BooleanSupplier held) {
        this.url = url;
        this.identity = identity;
        this.meant = meant;
        this.limits = limits;
        this.time = time;
        this.held = held;
    }

    HttpAnswer run() throws IOException, GeneralSecurityException, LostMeanwhile {
        try (Socket plain = connect();
                SSLSocket tls = secure(plain)) {
            tls.startHandshake();
            if (!identity.isValid(time.now()) || !held.getAsBoolean()) {
                throw new LostMeanwhile();
            }
            OutputStream out = tls.getOutputStream();
            out.write(request());
            out.flush();
            AnswerReader.Raw raw =
                    new AnswerReader(new BufferedInputStream(tls.getInputStream()), limits.maxBodyBytes()).read();
            return new HttpAnswer(raw.status(), raw.body(), identity.id());
        }
    }

    /** The SVID expired or was taken back during the handshake. */
    static final class LostMeanwhile extends Exception {
        private static final long serialVersionUID = 1L;

        LostMeanwhile() {
            super("", null, false, false);
        }
    }

    private Socket connect() throws IOException {
        IOException failure = new IOException("the host has no address");
        for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
            Socket socket = new LastWordSocket();
            try {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(millis(limits.requestTimeout()));
                socket.connect(new InetSocketAddress(address, port()), millis(limits.connectTimeout()));
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    private SSLSocket secure(Socket plain) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {new SvidKeyManager(identity)},
                new TrustManager[] {new PeerTrust(identity, meant, time)},
                null);
        if (!(context.getSocketFactory().createSocket(plain, url.getHost(), port(), true) instanceof SSLSocket tls)) {
            throw new SSLException("the platform has no TLS");
        }
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        tls.setSSLParameters(parameters);
        return tls;
    }

    private byte[] request() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
        return ("GET " + path + query + " HTTP/1.1\r\nHost: " + host
                        + "\r\nUser-Agent: keyferry\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private int port() {
        return url.getPort() < 0 ? HTTPS : url.getPort();
    }

    private static int millis(Duration duration) {
        return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
    }
}
