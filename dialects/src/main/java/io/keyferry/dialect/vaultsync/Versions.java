package io.keyferry.dialect.vaultsync;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The annotation {@code vault-sync.io/secret-versions}: Secret name to {@code metadata.resourceVersion}. It is written so
 * that the original can take over again; nothing is decided by it.
 */
record Versions(SortedMap<String, String> byName) {
    Versions {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** Empty if the annotation is no such map. */
    static Optional<Versions> parse(String annotation) {
        SortedMap<String, String> byName = new TreeMap<>();
        if (annotation.isEmpty()) {
            return Optional.of(new Versions(byName));
        }
        try {
            switch (GoJson.parse(annotation)) {
                case GoJson.Members members -> {
                    for (GoJson.Member member : members.list()) {
                        if (!(member.value() instanceof String version)) {
                            return Optional.empty();
                        }
                        byName.put(member.name(), version);
                    }
                }
                case Optional<?> _ -> {}
                default -> {
                    return Optional.empty();
                }
            }
            return Optional.of(new Versions(byName));
        } catch (GoJsonException e) {
            return Optional.empty();
        }
    }

    static Versions of(Map<String, String> byName) {
        return new Versions(new TreeMap<>(byName));
    }

    /** As Go writes it. Names of objects and versions need no escapes. */
    String text() {
        return byName.entrySet().stream()
                .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
