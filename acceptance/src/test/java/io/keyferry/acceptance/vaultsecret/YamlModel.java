package io.keyferry.acceptance.vaultsecret;

import io.keyferry.acceptance.vaultsecret.ReferenceModel.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the original prints yaml, as far as its layout is simple: objects of scalars, indented by four, keys in natural
 * order, numbers and what looks like another type in double quotes.
 */
final class YamlModel {
    private static final Pattern PLAIN = Pattern.compile("[a-z]+( [a-z]+)*");
    private static final Pattern QUOTED = Pattern.compile("yes|~|00\\d|");

    private YamlModel() {}

    /** The exact text, or nothing where the layout is not simple. */
    static Optional<String> print(Map<String, ?> tree) {
        StringBuilder out = new StringBuilder();
        return write(out, tree, "") ? Optional.of(out.toString()) : Optional.empty();
    }

    private static boolean write(StringBuilder out, Map<?, ?> object, String indent) {
        List<String> keys = new ArrayList<>();
        object.keySet().forEach(key -> keys.add(String.valueOf(key)));
        keys.sort(YamlModel::natural);
        for (String key : keys) {
            @Nullable Object value = object.get(key);
            out.append(indent).append(key).append(':');
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                out.append('\n');
                if (!write(out, inner, indent + "    ")) {
                    return false;
                }
            } else {
                Optional<String> scalar = scalar(value);
                if (scalar.isEmpty()) {
                    return false;
                }
                out.append(' ').append(scalar.get()).append('\n');
            }
        }
        return true;
    }

    private static Optional<String> scalar(@Nullable Object value) {
        if (value instanceof Literal number) {
            return Optional.of('"' + number.text() + '"');
        }
        if (value instanceof Map) {
            return Optional.of("{}");
        }
        if (value instanceof List<?> array) {
            return array.isEmpty() ? Optional.of("[]") : Optional.empty();
        }
        if (!(value instanceof String text)) {
            return Optional.of(Objects.toString(value));
        }
        if (QUOTED.matcher(text).matches()) {
            return Optional.of('"' + text + '"');
        }
        return PLAIN.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** Letters first, then the number behind them: {@code k9} before {@code k10}. */
    private static int natural(String one, String other) {
        String letters = one.replaceAll("\\d+$", "");
        String otherLetters = other.replaceAll("\\d+$", "");
        int order = letters.compareTo(otherLetters);
        return order != 0 ? order : Integer.compare(number(one), number(other));
    }

    private static int number(String name) {
        String digits = name.replaceAll("^\\D*", "");
        return digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }
}
