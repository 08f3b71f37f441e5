package io.keyferry.kubernetes.secret;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which annotations and finalizers of Secrets are remembered as they stand, by the beginning of their names.
 *
 * @param names empty for none, which costs nothing
 */
public record NotePrefixes(Set<String> names) {
    public NotePrefixes {
        names = Set.copyOf(names);
    }

    /** Nothing is remembered. */
    public static NotePrefixes none() {
        return new NotePrefixes(Set.of());
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Those of {@code notes} whose names begin so. */
    public Map<String, String> among(Map<String, String> notes) {
        return notes.entrySet().stream()
                .filter(note -> cover(note.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    boolean cover(String name) {
        for (String prefix : names) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
