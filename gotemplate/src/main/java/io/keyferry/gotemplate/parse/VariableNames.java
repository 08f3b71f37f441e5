package io.keyferry.gotemplate.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables that a place in a template may use, by their names with the {@code $}. */
final class VariableNames {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    VariableNames() {
        add("$");
    }

    void add(String name) {
        names.add(name);
        counts.merge(name, 1, Integer::sum);
    }

    boolean contains(String name) {
        return counts.containsKey(name);
    }

    int mark() {
        return names.size();
    }

    void dropTo(int mark) {
        while (names.size() > mark) {
            counts.computeIfPresent(names.removeLast(), (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
