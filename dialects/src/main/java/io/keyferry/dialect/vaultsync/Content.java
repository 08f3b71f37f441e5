package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes what a Vault path is to hold: text, and beside it which keys there are and which of them are in base64. */
final class Content {
    /** The custom metadata that names the keys. */
    static final String KEYS = "keyferry-keys";

    /** The custom metadata that names the keys whose values are in base64; continued in {@code keyferry-base64-2} and so on. */
    static final String BASE64 = "keyferry-base64";

    /** The longest value of custom metadata. */
    private static final int LONGEST = 512;

    /** Vault takes 64 entries, of which others may need some. */
    private static final int MOST_LISTS = 32;

    private Content() {}

    static SecretContent of(Map<String, SecretValue> data, Binary binary) throws RecipeException {
        SortedMap<String, SecretValue> texts = new TreeMap<>();
        List<String> encoded = new ArrayList<>();
        for (Map.Entry<String, SecretValue> entry : data.entrySet()) {
            SecretValue value = entry.getValue();
            if (!Binary.isText(value)) {
                value = switch (binary) {
                    case BASE64 -> {
                        encoded.add(entry.getKey());
                        yield Binary.base64(value);
                    }
                    case REPLACE -> SecretValue.utf8(value.utf8());
                    case REFUSE ->
                        throw Reason.VALUE_NOT_TEXT.rejection(
                                "the value of %s is not text in UTF-8, and binary values are refused"
                                        .formatted(entry.getKey()));
                };
            }
            texts.put(entry.getKey(), value);
        }
        Map<String, String> annotations = new HashMap<>();
        if (!texts.isEmpty()) {
            annotations.put(KEYS, keys(texts.keySet()));
        }
        List<String> lists = lists(encoded);
        for (int i = 0; i < lists.size(); i++) {
            annotations.put(i == 0 ? BASE64 : BASE64 + "-" + (i + 1), lists.get(i));
        }
        return new SecretContent(texts, Map.of(), annotations, "", false, List.of());
    }

    private static String keys(Collection<String> names) {
        String list = String.join(",", names);
        return isMetadata(list) ? list : names.size() + " keys";
    }

    /** Vault takes printable text of some length. */
    private static boolean isMetadata(String text) {
        return text.length() <= LONGEST && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private static List<String> lists(List<String> names) {
        if (!names.stream().allMatch(Content::isMetadata)) {
            return List.of(names.size() + " keys");
        }
        List<String> lists = new ArrayList<>();
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            if (!list.isEmpty() && list.length() + 1 + name.length() > LONGEST) {
                lists.add(list.toString());
                list.setLength(0);
            }
            list.append(list.isEmpty() ? "" : ",").append(name);
        }
        if (!list.isEmpty()) {
            lists.add(list.toString());
        }
        return lists.size() > MOST_LISTS ? List.of(names.size() + " keys") : lists;
    }
}
