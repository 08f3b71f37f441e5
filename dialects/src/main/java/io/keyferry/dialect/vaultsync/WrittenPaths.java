package io.keyferry.dialect.vaultsync;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The annotation {@code keyferry.io/vault-paths}: a JSON array of the paths that were written for the object. */
final class WrittenPaths {
    private WrittenPaths() {}

    /** Empty if there is no such annotation, or it is no list of paths. */
    static Optional<SortedSet<String>> parse(String annotation) {
        if (annotation.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!(GoJson.parse(annotation) instanceof List<?> list)) {
                return Optional.empty();
            }
            SortedSet<String> paths = new TreeSet<>();
            for (Object element : list) {
                if (element instanceof String path) {
                    paths.add(path);
                }
            }
            return Optional.of(Collections.unmodifiableSortedSet(paths));
        } catch (GoJsonException e) {
            return Optional.empty();
        }
    }

    static String text(Collection<String> paths) {
        return JsonText.array(new TreeSet<>(paths));
    }
}
