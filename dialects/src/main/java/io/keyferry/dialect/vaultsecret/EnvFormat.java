package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.gotext.GoFloat;
import io.keyferry.gotext.GoQuote;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Flattens the tree: names and indexes joined by a separator, each leaf as text. */
final class EnvFormat {
    private static final Pattern LEGAL = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final int LONGEST = 253;

    private EnvFormat() {}

    /** All leaves by their flat names, legal or not. */
    static Map<String, String> flatten(Json.Members tree, String separator) throws ConflictException {
        Map<String, String> flat = new TreeMap<>(ByteOrder.COMPARATOR);
        for (Map.Entry<String, Json> member : tree.members().entrySet()) {
            flatten(flat, member.getKey(), member.getValue(), separator);
        }
        return flat;
    }

    /** The leaves whose names the API server takes; the others are noticed. */
    static Map<String, SecretValue> entries(Json.Members tree, String separator, List<Notice> notices)
            throws ConflictException {
        Map<String, SecretValue> entries = new TreeMap<>();
        flatten(tree, separator).forEach((name, value) -> {
            if (isLegal(name)) {
                entries.put(name, SecretValue.utf8(value));
            } else {
                notices.add(new Notice("key skipped", "invalid key " + GoQuote.quote(name)));
            }
        });
        return entries;
    }

    private static boolean isLegal(String name) {
        return name.length() <= LONGEST && LEGAL.matcher(name).matches() && !name.equals(".") && !name.startsWith("..");
    }

    private static void flatten(Map<String, String> flat, String name, Json value, String separator)
            throws ConflictException {
        switch (value) {
            case Json.Members object -> {
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    flatten(flat, name + separator + member.getKey(), member.getValue(), separator);
                }
            }
            case Json.Array array -> {
                for (int i = 0; i < array.items().size(); i++) {
                    flatten(flat, name + separator + i, array.items().get(i), separator);
                }
            }
            case Json.Text text -> put(flat, name, text.value());
            case Json.Numeral number -> put(flat, name, GoFloat.format(Double.parseDouble(number.literal())));
            case Json.Bool bool -> put(flat, name, Boolean.toString(bool.value()));
            case Json.Null ignored -> put(flat, name, "<nil>");
        }
    }

    private static void put(Map<String, String> flat, String name, String value) throws ConflictException {
        if (flat.putIfAbsent(name, value) != null) {
            throw ConflictException.taken(name);
        }
    }
}
