package io.keyferry.store.vault;

import io.keyferry.engine.settings.SettingsException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;

/** The address of an HTTP proxy as proxy variables hold it: {@code http://host:port}, or without the scheme. */
final class ProxyAddress {
    private ProxyAddress() {}

    static InetSocketAddress parse(String variable, String text) throws SettingsException {
        URI url;
        try {
            url = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(variable, "it is not the URL of a proxy");
        }
        if (!"http".equals(url.getScheme().toLowerCase(Locale.ROOT))) {
            throw new SettingsException(variable, "only proxies with the scheme http are supported");
        }
        if (url.getRawUserInfo() != null) {
            throw new SettingsException(variable, "a proxy that asks for a user name and password is not supported");
        }
        if (url.getHost() == null) {
            throw new SettingsException(variable, "it is not the URL of a proxy");
        }
        return InetSocketAddress.createUnresolved(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
    }
}
