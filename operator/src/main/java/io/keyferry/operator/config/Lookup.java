package io.keyferry.operator.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Variables by their exact names; one that is set but empty counts as unset. What makes no sense is remembered. */
final class Lookup {
    private final Map<String, String> variables;
    private final ConfigProblems problems;

    Lookup(Map<String, String> variables, ConfigProblems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).filter(Predicate.not(String::isEmpty));
    }

    /** @param standIn what counts until the start ends because of the variable */
    <T> T wrong(String name, String value, String why, T standIn) {
        problems.variable(name, value, why);
        return standIn;
    }

    boolean isOn(String name) {
        String text = text(name).orElse("false");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> wrong(name, text, "is neither true nor false", false);
        };
    }

    <T> T choice(String name, Map<String, T> choices, T unset) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return unset;
        }
        T chosen = choices.get(text.get());
        if (chosen == null) {
            String known = String.join(", ", choices.keySet().stream().sorted().toList());
            return wrong(name, text.get(), "is none of " + known, unset);
        }
        return chosen;
    }
}
