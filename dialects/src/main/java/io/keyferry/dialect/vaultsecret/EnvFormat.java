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

    private final Layout layout;
    private final Map<String, String> flat = new TreeMap<>(ByteOrder.COMPARATOR);

    private EnvFormat(Layout layout) {
        this.layout = layout;
    }

    /** All leaves by their flat names, legal or not. */
    static Map<String, String> flatten(Json.Members tree, Layout layout) throws ConflictException {
        EnvFormat format = new EnvFormat(layout);
        for (Map.Entry<String, Json> member : tree.members().entrySet()) {
            format.add(member.getKey(), member.getValue());
        }
        return format.flat;
    }

    /** The leaves whose names the API server takes; the others are noticed. */
    static Map<String, SecretValue> entries(Json.Members tree, Layout layout, List<Notice> notices)
            throws ConflictException {
        Map<String, SecretValue> entries = new TreeMap<>();
        flatten(tree, layout).forEach((name, value) -> {
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

    private void add(String name, Json value) throws ConflictException {
        switch (value) {
            case Json.Members object -> {
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    add(name + layout.separator() + member.getKey(), member.getValue());
                }
            }
            case Json.Array array -> {
                for (int i = 0; i < array.items().size(); i++) {
                    add(name + layout.separator() + i, array.items().get(i));
                }
            }
            case Json.Text text -> put(name, text.value());
            case Json.Numeral number -> put(name, number(number.literal()));
            case Json.Bool bool -> put(name, Boolean.toString(bool.value()));
            case Json.Null ignored -> put(name, layout.exactNumbers() ? "null" : "<nil>");
        }
    }

    /** The original lets numbers pass through a double. */
    private String number(String literal) {
        return layout.exactNumbers() ? literal : GoFloat.format(Double.parseDouble(literal));
    }

    private void put(String name, String value) throws ConflictException {
        if (flat.putIfAbsent(name, value) != null) {
            throw ConflictException.taken(name);
        }
    }
}
