package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.Outcome;
import io.keyferry.kubernetes.annotated.Results;
import io.keyferry.kubernetes.annotated.Results.Removed;
import io.keyferry.kubernetes.annotated.Results.Written;
import io.keyferry.kubernetes.annotated.Subject;
import io.keyferry.kubernetes.annotated.SubjectKind;
import io.keyferry.kubernetes.secret.SecretName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is noted on an object after a run: the paths that are its own, and which Secrets were written. */
final class Bookkeeping {
    private final SecretVersions versions;

    Bookkeeping(SecretVersions versions) {
        this.versions = versions;
    }

    /** The annotations that are to change. */
    Map<String, Optional<String>> close(Subject subject, Results results, Request request) {
        Map<String, Optional<String>> edit = new HashMap<>();
        String paths = WrittenPaths.text(paths(subject, results));
        if (!paths.equals(subject.annotation(Notes.PATHS))) {
            edit.put(Notes.PATHS, Optional.of(paths));
        }
        if (results.written().stream().map(Written::outcome).allMatch(Bookkeeping::isDone)) {
            String text = versions(subject, results, request).text();
            if (!text.equals(subject.annotation(Notes.VERSIONS))) {
                edit.put(Notes.VERSIONS, Optional.of(text));
            }
        }
        return edit;
    }

    /** What was written or may have been, and what was to be removed and could not. */
    private static SortedSet<String> paths(Subject subject, Results results) {
        SortedSet<String> paths = new TreeSet<>(
                WrittenPaths.parse(subject.annotation(Notes.PATHS)).orElseGet(TreeSet::new));
        for (Removed removed : results.removed()) {
            if (!(removed.outcome() instanceof Outcome.TargetFailed)) {
                paths.remove(removed.pruning().removal().place());
            }
        }
        return paths;
    }

    /** Whether nothing is left to do about what came of a sync so. */
    static boolean isDone(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _, Outcome.Unchanged _ -> true;
            case Outcome.Rejected rejected -> Reason.NOTHING_TO_WRITE.isOf(rejected.problem());
            default -> false;
        };
    }

    /**
     * That a Secret's own version moves when it is noted on itself is no reason to note it again: it is noted when something
     * was written.
     */
    private Versions versions(Subject subject, Results results, Request request) {
        Map<String, String> before = Versions.parse(subject.annotation(Notes.VERSIONS))
                .map(Versions::byName)
                .orElseGet(TreeMap::new);
        boolean always = subject.annotation(Notes.ROTATION_CHECK).equals("disabled");
        boolean wrote =
                !always && results.written().stream().anyMatch(written -> written.outcome() instanceof Outcome.Applied);
        Map<String, String> now = new HashMap<>();
        for (String secret : secrets(subject, request)) {
            String noted = before.get(secret);
            if (isItself(subject, secret) && noted != null && !wrote) {
                now.put(secret, noted);
            } else {
                versions.of(new SecretName(subject.ref().namespace(), secret))
                        .ifPresent(version -> now.put(secret, version));
            }
        }
        return Versions.of(now);
    }

    private static boolean isItself(Subject subject, String secret) {
        return subject.ref().kind() == SubjectKind.SECRET
                && subject.ref().name().equals(secret);
    }

    private static Set<String> secrets(Subject subject, Request request) {
        return switch (request) {
            case Request.None _, Request.Senseless _ -> Set.of();
            case Request.Itself _ -> Set.of(subject.ref().name());
            case Request.Selected selected ->
                selected.selections().stream().map(Selection::name).collect(Collectors.toSet());
            case Request.Discovered discovered -> discovered.secrets().keySet();
        };
    }
}
