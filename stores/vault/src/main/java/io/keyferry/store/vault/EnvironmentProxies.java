package io.keyferry.store.vault;

import io.keyferry.engine.settings.SettingsException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}, in capitals or small letters, as Go's default transport
 * reads them. This machine itself is never reached through a proxy.
 */
final class EnvironmentProxies {
    private EnvironmentProxies() {}

    static ProxySelector of(Map<String, String> variables) throws SettingsException {
        Optional<InetSocketAddress> http = proxy(variables, "HTTP_PROXY", "http_proxy");
        Optional<InetSocketAddress> https = proxy(variables, "HTTPS_PROXY", "https_proxy");
        NoProxy exceptions = NoProxy.parse(first(variables, "NO_PROXY", "no_proxy"));
        return Proxies.by(url -> exceptions.matches(host(url), port(url))
                ? Optional.empty()
                : "https".equals(url.getScheme()) ? https : http);
    }

    private static Optional<InetSocketAddress> proxy(Map<String, String> variables, String capital, String small)
            throws SettingsException {
        String value = first(variables, capital, small);
        String name = variables.getOrDefault(capital, "").isEmpty() ? small : capital;
        return value.isEmpty() ? Optional.empty() : Optional.of(ProxyAddress.parse(name, value));
    }

    private static String first(Map<String, String> variables, String capital, String small) {
        String value = variables.getOrDefault(capital, "");
        return value.isEmpty() ? variables.getOrDefault(small, "") : value;
    }

    private static String host(URI url) {
        return url.getHost() == null ? "" : url.getHost();
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }
}
