package io.keyferry.store.vault;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Hosts that are reached without a proxy: {@code *}, addresses, networks ({@code 10.0.0.0/8}), {@code example.com} with
 * everything below it, {@code .example.com} or {@code *.example.com} for what is below it alone; all but networks with
 * an optional port.
 */
final class NoProxy {
    private final List<BiPredicate<String, Integer>> rules;

    private NoProxy(List<BiPredicate<String, Integer>> rules) {
        this.rules = rules;
    }

    static NoProxy parse(String list) {
        List<BiPredicate<String, Integer>> rules = new ArrayList<>();
        rules.add((host, port) -> host.equals("localhost")
                || address(host).map(InetAddress::isLoopbackAddress).orElse(false));
        for (String part : list.toLowerCase(Locale.ROOT).split(",", -1)) {
            if (!part.isBlank()) {
                rules.add(rule(part.strip()));
            }
        }
        return new NoProxy(rules);
    }

    boolean matches(String host, int port) {
        String bare = host.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
        return rules.stream().anyMatch(rule -> rule.test(bare, port));
    }

    private static BiPredicate<String, Integer> rule(String part) {
        if (part.equals("*")) {
            return (host, port) -> true;
        }
        int slash = part.indexOf('/');
        if (slash >= 0) {
            return network(part.substring(0, slash), part.substring(slash + 1));
        }
        int colon = part.lastIndexOf(':');
        boolean hasPort = (colon >= 0 && part.indexOf(':') == colon) || part.contains("]:");
        String name =
                (hasPort ? part.substring(0, colon) : part).replace("[", "").replace("]", "");
        String only = hasPort ? part.substring(colon + 1) : "";
        BiPredicate<String, Integer> named = name(name.startsWith("*.") ? name.substring(1) : name);
        return (host, port) -> named.test(host, port) && (only.isEmpty() || only.equals(Integer.toString(port)));
    }

    private static BiPredicate<String, Integer> name(String name) {
        Optional<InetAddress> address = address(name);
        if (address.isPresent()) {
            return (host, port) -> address(host).equals(address);
        }
        return (host, port) -> host.equals(name) || host.endsWith(name.startsWith(".") ? name : "." + name);
    }

    private static BiPredicate<String, Integer> network(String base, String length) {
        Optional<byte[]> network = address(base).map(InetAddress::getAddress);
        if (network.isEmpty() || !length.matches("[0-9]{1,3}")) {
            return (host, port) -> false;
        }
        int bits = Integer.parseInt(length);
        return (host, port) -> address(host)
                .map(InetAddress::getAddress)
                .map(bytes -> bytes.length == network.get().length && samePrefix(bytes, network.get(), bits))
                .orElse(false);
    }

    private static boolean samePrefix(byte[] one, byte[] other, int bits) {
        for (int bit = 0; bit < Math.min(bits, one.length * 8); bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** The address, if the host is written as one: names are not looked up. */
    private static Optional<InetAddress> address(String host) {
        if (!host.matches("[0-9.]+") && !host.contains(":")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
