package io.keyferry.store.vsecm.spiffe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;

/**
 * Where the Workload API listens, after the SPIFFE Workload Endpoint standard: {@code unix:///absolute/path} or
 * {@code tcp://IP:port}.
 *
 * @param text as written
 * @param address a Unix domain socket or a TCP port; never a name to look up
 */
public record WorkloadEndpoint(String text, SocketAddress address) {
    /**
     * Reads an endpoint.
     *
     * @throws IllegalArgumentException if it is none; says what it should be
     */
    public static WorkloadEndpoint parse(String text) {
        try {
            URI uri = new URI(text);
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (bare && "unix".equals(uri.getScheme()) && uri.getRawAuthority() == null) {
                return new WorkloadEndpoint(text, socket(uri.getPath()));
            }
            if (bare && "tcp".equals(uri.getScheme()) && isPortOfAddress(uri)) {
                return new WorkloadEndpoint(
                        text, new InetSocketAddress(InetAddress.ofLiteral(uri.getHost()), uri.getPort()));
            }
        } catch (URISyntaxException | InvalidPathException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static SocketAddress socket(String path) {
        if (path == null || !path.startsWith("/") || path.equals("/")) {
            throw malformed();
        }
        return UnixDomainSocketAddress.of(path);
    }

    private static boolean isPortOfAddress(URI uri) {
        String path = uri.getRawPath();
        return uri.getHost() != null && uri.getPort() > 0 && uri.getPort() < 65_536 && (path == null || path.isEmpty());
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "the address of the Workload API must be unix:///absolute/path or tcp://IP:port");
    }
}
