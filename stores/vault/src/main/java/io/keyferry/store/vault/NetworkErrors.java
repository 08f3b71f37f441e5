package io.keyferry.store.vault;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Words for failures below HTTP, after those of Go's net package, which the originals' users know. */
final class NetworkErrors {
    private NetworkErrors() {}

    static VaultError timeout(Call call, boolean answered) {
        return VaultError.unavailable(call.label()
                + (answered
                        ? ": context deadline exceeded (Client.Timeout or context cancellation while reading body)"
                        : ": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"));
    }

    static VaultError of(Call call, IOException error) {
        if (find(error, BodyTooLarge.class).isPresent()
                || find(error, ProtocolException.class).isPresent()) {
            return VaultError.invalid(call.label() + ": " + reason(call, error));
        }
        String message = call.label() + ": " + reason(call, error);
        return find(error, SSLException.class).isPresent()
                ? VaultError.unavailable(message)
                : VaultError.unreachable(message);
    }

    private static String reason(Call call, IOException error) {
        Optional<BodyTooLarge> tooLarge = find(error, BodyTooLarge.class);
        if (tooLarge.isPresent()) {
            return String.valueOf(tooLarge.get().getMessage());
        }
        if (find(error, ProtocolException.class).isPresent()) {
            return "malformed HTTP response";
        }
        if (find(error, HttpConnectTimeoutException.class).isPresent()) {
            return "dial tcp " + peer(call) + ": i/o timeout";
        }
        if (find(error, UnresolvedAddressException.class).isPresent()
                || find(error, UnknownHostException.class).isPresent()) {
            return "dial tcp: lookup " + call.url().getHost() + ": no such host";
        }
        Optional<ConnectException> connect = find(error, ConnectException.class);
        if (connect.isPresent()) {
            String message = connect.get().getMessage();
            return "dial tcp " + peer(call) + ": connect: "
                    + (message == null ? "connection refused" : Texts.plain(message.toLowerCase(Locale.ROOT)));
        }
        Optional<SSLException> tls = find(error, SSLException.class);
        if (tls.isPresent()) {
            return "tls: " + Texts.plain(String.valueOf(tls.get().getMessage()));
        }
        return brokenOff(call, String.valueOf(error.getMessage()));
    }

    private static String brokenOff(Call call, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("reset")) {
            return "read tcp " + peer(call) + ": read: connection reset by peer";
        }
        if (lower.contains("bytes received")) {
            return "unexpected EOF";
        }
        if (lower.contains("eof") || lower.contains("received no bytes") || lower.contains("closed")) {
            return "EOF";
        }
        return Texts.plain(message);
    }

    private static String peer(Call call) {
        int port = call.url().getPort();
        return call.url().getHost() + ":"
                + (port >= 0 ? port : "https".equals(call.url().getScheme()) ? 443 : 80);
    }

    private static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
        return Stream.iterate(error, e -> e != null, Throwable::getCause)
                .limit(16)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
