package io.keyferry.operator.config;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Where an endpoint listens, written as in Go: {@code :8080}, {@code 127.0.0.1:8080}, {@code [::1]:8080}. */
public record BindAddress(String host, int port) {
    private static final int LARGEST_PORT = 65535;

    /**
     * Reads an address; {@code 0} and the empty string stand for no endpoint.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Optional<BindAddress> parse(String text) {
        if (text.isEmpty() || text.equals("0")) {
            return Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("is no address: write HOST:PORT or :PORT");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("is no address: write an IPv6 host in brackets");
        }
        return Optional.of(new BindAddress(host, port(text.substring(colon + 1))));
    }

    private static int port(String text) {
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is no address: \"" + text + "\" is no port", e);
        }
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("is no address: " + port + " is no port");
        }
        return port;
    }

    public InetSocketAddress socketAddress() {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }
}
