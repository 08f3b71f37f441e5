package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.gotemplate.fmt.Fmt;
import io.keyferry.gotemplate.value.FloatValue;
import io.keyferry.gotemplate.value.ListValue;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.NilValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects a Secret's entries, each value as Go's {@code %v} prints it. Of one name the last counts. */
final class Entries {
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

    /** Of all values together; a Secret holds no more. */
    private static final long MOST_BYTES = 4L << 20;

    private final boolean strict;
    private final Map<String, SecretValue> data = new LinkedHashMap<>();
    private long bytes;

    /** @param strict whether to refuse what Go prints of values that are no text */
    Entries(boolean strict) {
        this.strict = strict;
    }

    void put(String key, Value value) throws RecipeException {
        if (strict && isOdd(value)) {
            throw refused(key);
        }
        add(key, Fmt.display(value, count -> {}).bytes());
    }

    /** Puts the output of a template. */
    void putRendered(String key, byte[] text) throws RecipeException {
        String output = new String(text, StandardCharsets.UTF_8);
        if (strict && (output.contains("<no value>") || output.contains("<nil>"))) {
            throw refused(key);
        }
        add(key, text);
    }

    Map<String, SecretValue> data() {
        return data;
    }

    private void add(String key, byte[] value) throws RecipeException {
        if (!KEY.matcher(key).matches() || key.equals(".") || key.startsWith("..")) {
            throw Reason.KEY_INVALID.failure(
                    "\"%s\" is no key of a Secret: use letters, digits, '-', '_' and '.', no more than 253"
                            .formatted(OneLine.of(key)));
        }
        bytes += value.length;
        if (bytes > MOST_BYTES) {
            throw Reason.VALUE_REFUSED.failure(
                    "the values have more than %d bytes, a Secret holds one million".formatted(MOST_BYTES));
        }
        data.put(key, SecretValue.of(value));
    }

    private static boolean isOdd(Value value) {
        return switch (value) {
            case NilValue _ -> true;
            case FloatValue number -> Fmt.display(number, count -> {}).text().indexOf('e') >= 0;
            case ListValue list -> list.items().stream().anyMatch(Entries::isOdd);
            case MapValue map -> map.entries().values().stream().anyMatch(Entries::isOdd);
            case StringValue _ -> false;
            default -> false;
        };
    }

    private static RecipeException refused(String key) {
        return Reason.VALUE_REFUSED.denial(
                "the value of %s would be written as Go prints it, with <nil>, <no value> or an exponent: make it text in AWS, or switch KEYFERRY_STRICT_VALUES off"
                        .formatted(OneLine.of(key)));
    }
}
