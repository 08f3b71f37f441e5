package io.keyferry.dialect.vaultsecret;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Links to Vault's pages for the sources of a Secret. */
final class UiLinks {
    private static final String UNRESERVED = "$&+=:@~-_.";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String base;

    /** @param uiAddress the base of Vault's pages */
    UiLinks(String uiAddress) {
        this.base = uiAddress.endsWith("/") ? uiAddress.substring(0, uiAddress.length() - 1) : uiAddress;
    }

    /** @param attributes what the store said of the path, empty if it said nothing: KV 2 is assumed then */
    String link(SourcePath path, Map<String, String> attributes) {
        String trimmed = trim(path.base());
        String mount = mount(trimmed, attributes);
        String rest = trim(trimmed.substring(Math.min(mount.length(), trimmed.length())));
        boolean kv1 = "1".equals(attributes.get("kv"));
        String place = base + "/vault/secrets/" + mount.replace("/", "%2F") + "/";
        if (path.recursive()) {
            String list = kv1 ? "list/" : "kv/list/";
            return place + list + (rest.isEmpty() ? "" : rest + "/");
        }
        return place + (kv1 ? "show/" + rest : "kv/" + encode(rest));
    }

    private static String mount(String path, Map<String, String> attributes) {
        String known = trim(attributes.getOrDefault("mount", ""));
        if (!known.isEmpty() && (path + "/").startsWith(known + "/")) {
            return known;
        }
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static String trim(String path) {
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return path.substring(from, to);
    }

    /** As Go's {@code url.PathEscape}: one segment. */
    private static String encode(String segment) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
