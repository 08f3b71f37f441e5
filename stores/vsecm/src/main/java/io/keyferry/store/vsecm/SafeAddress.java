package io.keyferry.store.vsecm;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The URL of what to read from a Safe, normalised: scheme and host in lower case, port 443 left out. No path, or {@code /}, stands
 * for {@value #DEFAULT_PATH}; any other path is used as it is, with its query.
 *
 * @param url the URL to ask
 */
public record SafeAddress(URI url) {
    /** Where Safe gives a workload its secrets. */
    public static final String DEFAULT_PATH = "/workload/v1/secrets";

    private static final int MAX_LENGTH = 2048;
    private static final int HTTPS = 443;

    /**
     * Reads a URL as users write it.
     *
     * @throws IllegalArgumentException if it cannot be asked; says what is wrong and what to write
     */
    public static SafeAddress parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the URL is longer than " + MAX_LENGTH + " characters");
        }
        URI uri = uri(text);
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "the URL must begin with https://, since Safe is spoken to by mutual TLS only");
        }
        if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            throw new IllegalArgumentException(
                    "the URL names a user; leave that out, since who asks is told by the SPIFFE identity");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the URL has a fragment; leave out # and what follows");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException(
                    "the URL has no valid host and port; write for example https://vsecm-safe.vsecm-system.svc.cluster.local:8443");
        }
        return new SafeAddress(normal(uri));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("the URL has characters that must be percent-encoded");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the URL is malformed at position " + e.getIndex()
                    + "; write for example https://vsecm-safe.vsecm-system.svc.cluster.local:8443");
        }
    }

    private static URI normal(URI uri) {
        String path = uri.getRawPath() == null
                        || uri.getRawPath().isEmpty()
                        || uri.getRawPath().equals("/")
                ? DEFAULT_PATH
                : uri.getRawPath();
        String port = uri.getPort() < 0 || uri.getPort() == HTTPS ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create("https://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path + query);
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
