package io.keyferry.dialect.vsecmsecret;

import io.keyferry.dialect.vsecmsecret.VSecMSecretSpec.Item;
import io.keyferry.engine.content.OneLine;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One value of the Secret and where it comes from.
 *
 * @param place where the object asks for it, for people: {@code spec.data[2]}
 * @param key what the Secret calls it
 * @param ref as it was written
 */
record Field(String place, String key, String ref) {
    static List<Field> all(String list, @Nullable List<Item> items) {
        List<Item> given = Objects.requireNonNullElse(items, List.of());
        return IntStream.range(0, given.size())
                .mapToObj(i -> of("%s[%d]".formatted(list, i), given.get(i)))
                .toList();
    }

    private static Field of(String place, @Nullable Item item) {
        return new Field(
                place,
                item == null ? "" : Objects.requireNonNullElse(item.key(), ""),
                item == null ? "" : Objects.requireNonNullElse(item.ref(), ""));
    }

    /** What is wrong with the ref, for people. */
    String wrong(String why) {
        return "%s.ref \"%s\": %s".formatted(place, OneLine.of(ref), why);
    }
}
