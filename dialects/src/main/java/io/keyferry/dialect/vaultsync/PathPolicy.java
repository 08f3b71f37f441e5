package io.keyferry.dialect.vaultsync;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which Vault paths objects may name.
 *
 * @param grants the beginnings of paths that objects of a namespace may name; {@code *} stands for every namespace. Without
 *     any grant all namespaces may name all paths
 */
public record PathPolicy(Map<String, List<String>> grants) {
    /** Where Vault keeps itself. */
    private static final Set<String> FORBIDDEN = Set.of("sys", "auth", "identity");

    public PathPolicy {
        grants = Map.copyOf(grants);
    }

    /**
     * What is wrong with a path, if anything.
     *
     * @param path as the annotation says it
     * @param effective the path that is written
     */
    Optional<String> objection(String namespace, String path, String effective) {
        if (path.startsWith("/")) {
            return Optional.of("it begins with a slash: write it as in secret/data/my-app");
        }
        List<String> segments = List.of(path.split("/", -1));
        if (FORBIDDEN.contains(segments.getFirst())) {
            return Optional.of("%s/ is Vault's own: name a key-value engine".formatted(segments.getFirst()));
        }
        for (String segment : segments) {
            if (segment.isEmpty()) {
                return Optional.of("it has an empty segment: write single slashes, and none at the end");
            }
            if (segment.equals("..") || segment.equals(".")) {
                return Optional.of("it has a segment \"%s\": write the path in full".formatted(segment));
            }
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("it holds control characters");
        }
        return isGranted(namespace, effective)
                ? Optional.empty()
                : Optional.of("namespace %s is not granted it: choose one of %s".formatted(namespace, of(namespace)));
    }

    private boolean isGranted(String namespace, String effective) {
        return grants.isEmpty() || of(namespace).stream().anyMatch(prefix -> covers(prefix, effective));
    }

    private List<String> of(String namespace) {
        return grants.getOrDefault(namespace, grants.getOrDefault("*", List.of()));
    }

    private static boolean covers(String prefix, String path) {
        String folder = prefix.endsWith("/") ? prefix : prefix + "/";
        return path.equals(prefix) || path.startsWith(folder);
    }
}
