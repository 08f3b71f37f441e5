package io.keyferry.store.vault;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Vault is: {@code http://host[:port][/base]}, {@code https://…} or {@code unix:///path/of/socket}. Query and
 * fragment are dropped, as the Go client does.
 *
 * @param origin scheme, host and port as they stand in URLs, without user name and password
 * @param base clean path before {@code /v1}, may be empty
 * @param authorization value of an {@code Authorization} header made of the URL's user name and password
 * @param socket the Unix domain socket, for {@code unix://}
 */
record VaultAddress(String origin, String base, Optional<String> authorization, Optional<String> socket) {
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(?:([^/?#]*)@)?([^/?#@]*)([^?#]*).*", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{0,5}))?");

    /** Reads an address. The message of a failure quotes it without user name and password. */
    static VaultAddress parse(String text) throws VaultError {
        if (text.startsWith("unix://")) {
            String path = text.substring("unix://".length());
            if (path.isEmpty() || path.indexOf('\0') >= 0) {
                throw malformed(text, "missing path of the socket");
            }
            return new VaultAddress("http://localhost", "", Optional.empty(), Optional.of(path));
        }
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw malformed(text, "missing scheme; an address begins with http://, https:// or unix://");
        }
        String scheme = url.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw malformed(text, "unsupported protocol scheme " + Texts.quoted(scheme));
        }
        Matcher host = HOST.matcher(url.group(3));
        if (!host.matches()) {
            throw malformed(text, "invalid host and port");
        }
        String port = host.group(2) == null ? "" : host.group(2);
        if (!port.isEmpty() && Integer.parseInt(port) > 65535) {
            throw malformed(text, "invalid port");
        }
        String origin = scheme + "://" + host.group(1) + (port.isEmpty() ? "" : ":" + port);
        if (!isUsable(origin)) {
            throw malformed(text, "invalid host name");
        }
        String user = url.group(2);
        return new VaultAddress(
                origin,
                ApiPath.join(decoded(url.group(4), text)),
                user == null ? Optional.empty() : Optional.of(basic(decoded(user, text))),
                Optional.empty());
    }

    /** The URL of an API path, which must be clean; {@code query} must be encoded and may be empty. */
    URI url(String apiPath, String query) {
        String path = ApiPath.encode(ApiPath.join(base, "v1", apiPath));
        return URI.create(origin + "/" + path + (query.isEmpty() ? "" : "?" + query));
    }

    private static boolean isUsable(String origin) {
        try {
            return URI.create(origin + "/").getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String decoded(String encoded, String text) throws VaultError {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed(text, "invalid URL escape");
        }
    }

    private static String basic(String user) {
        String credentials = user.contains(":") ? user : user + ":";
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static VaultError malformed(String text, String reason) {
        return VaultError.invalid("parse " + Texts.quoted(Texts.withoutUserInfo(text)) + ": " + reason);
    }

    @Override
    public String toString() {
        return socket.map(path -> "unix://" + path).orElse(origin + "/" + base);
    }
}
