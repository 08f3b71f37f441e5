package io.keyferry.store.vsecm.spiffe;

import io.keyferry.store.vsecm.spiffe.SpiffeException.Fault;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Whose fault it is that a request had no answer. */
final class Faults {
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z0-9_]{1,40})");

    private Faults() {}

    static SpiffeException of(Throwable error) {
        Optional<PeerUntrustedException> untrusted = find(error, PeerUntrustedException.class);
        if (untrusted.isPresent()) {
            return new SpiffeException(
                    Fault.PEER_UNTRUSTED, String.valueOf(untrusted.get().getMessage()));
        }
        if (find(error, Exchange.LostMeanwhile.class).isPresent()) {
            return new SpiffeException(Fault.IDENTITY_UNAVAILABLE, "the SVID has expired or was taken back");
        }
        Optional<MalformedAnswerException> malformed = find(error, MalformedAnswerException.class);
        if (malformed.isPresent()) {
            return new SpiffeException(
                    Fault.MALFORMED, String.valueOf(malformed.get().getMessage()));
        }
        Matcher alert = ALERT.matcher(String.valueOf(error.getMessage()));
        if (alert.find()) {
            return new SpiffeException(
                    Fault.IDENTITY_REJECTED,
                    "the server ended the handshake with the alert " + alert.group(1)
                            + (alert.group(1).equals("protocol_version") ? ", as it does not speak TLS 1.3" : ""));
        }
        return unreachable(words(error));
    }

    static SpiffeException unreachable(String words) {
        return new SpiffeException(Fault.UNREACHABLE, words);
    }

    private static String words(Throwable error) {
        if (find(error, UnknownHostException.class).isPresent()) {
            return "the host is unknown";
        }
        if (find(error, SocketTimeoutException.class).isPresent()) {
            return "no answer in time";
        }
        if (find(error, ConnectException.class).isPresent()
                || find(error, NoRouteToHostException.class).isPresent()) {
            return "connection refused";
        }
        return find(error, SSLException.class).isPresent() ? "TLS was broken off" : "the connection was broken off";
    }

    private static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
        return Stream.iterate(error, e -> e != null, Throwable::getCause)
                .limit(16)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
