package io.keyferry.store.vault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A proxy, or none, for each URL. */
final class Proxies extends ProxySelector {
    private final Function<URI, Optional<InetSocketAddress>> rule;

    private Proxies(Function<URI, Optional<InetSocketAddress>> rule) {
        this.rule = rule;
    }

    static ProxySelector none() {
        return by(url -> Optional.empty());
    }

    static ProxySelector always(InetSocketAddress proxy) {
        return by(url -> Optional.of(proxy));
    }

    static ProxySelector by(Function<URI, Optional<InetSocketAddress>> rule) {
        return new Proxies(rule);
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(rule.apply(uri)
                .map(address ->
                        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address.getHostString(), address.getPort())))
                .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException cause) {
        // The request that needed the proxy fails and says so.
    }
}
