package io.keyferry.testkit.vsecm;

import io.keyferry.testkit.HttpRequestReader;
import io.keyferry.testkit.IncomingRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/** Answers the requests of one client, one after the other, until either side has enough. */
final class SafeConnection {
    private final Socket plain;
    private final SafeTls tls;
    private final SafeRoutes routes;
    private final SafeMood mood;
    private final Consumer<SafeRequest> log;

    SafeConnection(Socket plain, SafeTls tls, SafeRoutes routes, SafeMood mood, Consumer<SafeRequest> log) {
        this.plain = plain;
        this.tls = tls;
        this.routes = routes;
        this.mood = mood;
        this.log = log;
    }

    void serve() {
        try (plain;
                SSLSocket secure = tls.over(plain)) {
            secure.startHandshake();
            X509Certificate client = (X509Certificate) secure.getSession().getPeerCertificates()[0];
            HttpRequestReader requests = new HttpRequestReader(new BufferedInputStream(secure.getInputStream()));
            boolean more = true;
            while (more) {
                Optional<IncomingRequest> request = requests.next();
                more = request.isPresent() && answer(request.get(), client, secure.getOutputStream());
            }
        } catch (IOException e) {
            // The client was not let in, or has gone.
        }
    }

    private boolean answer(IncomingRequest request, X509Certificate client, OutputStream out) throws IOException {
        Caller caller = Caller.of(client);
        log.accept(new SafeRequest(
                request.method(),
                request.target(),
                caller.id(),
                client.getSerialNumber().toString(16)));
        if (!mood.isGood()) {
            mood.spoil(plain, out);
            return false;
        }
        if (!(routes.answer(request, caller) instanceof SafeAnswer.Body body)) {
            return false;
        }
        out.write(body.encoded(request.isLast()));
        out.flush();
        return !request.isLast();
    }
}
