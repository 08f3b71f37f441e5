package io.keyferry.dialect.vaultsync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotation {@code vault-sync.io/secrets} as Go reads it into a slice of structs: field names in any case, unknown
 * ones ignored, of repeated ones the last, null for nothing, and the first value of a wrong type is the error.
 */
final class Selections {
    private static final String STRUCT = "SecretConfig";

    private @Nullable GoJsonException problem;

    private Selections() {}

    static List<Selection> parse(String annotation) throws GoJsonException {
        Selections reading = new Selections();
        List<Selection> selections = reading.list(GoJson.parse(annotation));
        if (reading.problem != null) {
            throw reading.problem;
        }
        return selections;
    }

    private List<Selection> list(Object json) {
        List<Selection> selections = new ArrayList<>();
        switch (json) {
            case Optional<?> _ -> {}
            case List<?> elements -> elements.forEach(element -> selections.add(selection(element)));
            default -> mismatch(json, "value of type []controller." + STRUCT);
        }
        return selections;
    }

    private Selection selection(Object json) {
        String name = "";
        String prefix = "";
        List<String> keys = List.of();
        switch (json) {
            case Optional<?> _ -> {}
            case GoJson.Members members -> {
                for (GoJson.Member member : members.list()) {
                    if (member.value() instanceof Optional<?>) {
                        keys = isField(member, "keys") ? List.of() : keys;
                    } else if (isField(member, "name")) {
                        name = text(member, "name", name);
                    } else if (isField(member, "prefix")) {
                        prefix = text(member, "prefix", prefix);
                    } else if (isField(member, "keys")) {
                        keys = keys(member);
                    }
                }
            }
            default -> mismatch(json, "value of type controller." + STRUCT);
        }
        return new Selection(name, keys, prefix);
    }

    private static boolean isField(GoJson.Member member, String field) {
        return member.name().equalsIgnoreCase(field);
    }

    private String text(GoJson.Member member, String field, String before) {
        if (member.value() instanceof String text) {
            return text;
        }
        mismatch(member.value(), "struct field %s.%s of type string".formatted(STRUCT, field));
        return before;
    }

    private List<String> keys(GoJson.Member member) {
        if (!(member.value() instanceof List<?> elements)) {
            mismatch(member.value(), "struct field %s.keys of type []string".formatted(STRUCT));
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof String) && !(element instanceof Optional<?>)) {
                mismatch(element, "struct field %s.keys of type string".formatted(STRUCT));
            }
            keys.add(element instanceof String text ? text : "");
        }
        return keys;
    }

    private void mismatch(Object json, String wanted) {
        if (problem == null) {
            problem = new GoJsonException("json: cannot unmarshal %s into Go %s".formatted(kind(json), wanted));
        }
    }

    private static String kind(Object json) {
        return switch (json) {
            case String _ -> "string";
            case Boolean _ -> "bool";
            case List<?> _ -> "array";
            case GoJson.Members _ -> "object";
            default -> "number";
        };
    }
}
