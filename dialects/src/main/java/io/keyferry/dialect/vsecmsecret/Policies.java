package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.content.OneLine;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a Secret whose object, or whose secret at Safe, is gone.
 *
 * @param deletes whether the Secret goes with its object
 * @param blanks whether the Secret's values become empty when Safe holds none
 * @param problem what is wrong with what was written; who writes nonsense gets what keeps the Secret
 */
record Policies(boolean deletes, boolean blanks, Optional<String> problem) {
    private static final String DELETION = "vsecm.com/deletion-policy";
    private static final String UPSTREAM = "vsecm.com/upstream-deletion-policy";
    private static final String RETAIN = "Retain";

    static Policies of(@Nullable Map<String, String> annotations, VSecMSecretSettings settings) {
        Map<String, String> given = Objects.requireNonNullElse(annotations, Map.of());
        return new Policies(
                isOn(given, DELETION, "Delete", settings.deletesSecrets()),
                isOn(given, UPSTREAM, "Blank", settings.blanksMissing()),
                Stream.of(problem(given, DELETION, "Delete"), problem(given, UPSTREAM, "Blank"))
                        .flatMap(Optional::stream)
                        .reduce((one, other) -> one + "; " + other));
    }

    private static boolean isOn(Map<String, String> given, String name, String on, boolean unset) {
        String value = given.get(name);
        return value == null ? unset : value.equals(on);
    }

    private static Optional<String> problem(Map<String, String> given, String name, String on) {
        String value = given.get(name);
        return value == null || value.equals(on) || value.equals(RETAIN)
                ? Optional.empty()
                : Optional.of("annotation %s: \"%s\" is neither %s nor %s, and is taken for %s"
                        .formatted(name, OneLine.of(value), RETAIN, on, RETAIN));
    }
}
