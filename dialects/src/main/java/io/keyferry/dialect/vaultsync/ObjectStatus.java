package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.content.Problem;
import io.keyferry.kubernetes.annotated.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The annotation {@code keyferry.io/status}, a condition {@code Ready} for objects that have no status of ours. Only an
 * object that has the annotation, empty or not, gets it.
 */
final class ObjectStatus {
    private static final int LONGEST = 1024;

    private ObjectStatus() {}

    /** The annotation's next value; empty if it stays. */
    static Optional<String> next(Subject subject, Optional<Problem> problem, Instant now) {
        String before = subject.annotations().get(Notes.STATUS);
        if (before == null) {
            return Optional.empty();
        }
        Map<String, String> old = parse(before);
        Map<String, String> next = new LinkedHashMap<>();
        next.put("ready", problem.isEmpty() ? "True" : "False");
        next.put("reason", problem.map(Problem::reason).orElse(Reason.SYNCED.text()));
        String message = problem.map(Problem::message).orElse("vault holds what the secrets hold");
        next.put("message", message.substring(0, Math.min(message.length(), LONGEST)));
        boolean same =
                next.entrySet().stream().allMatch(entry -> entry.getValue().equals(old.get(entry.getKey())));
        if (same) {
            return Optional.empty();
        }
        String since = next.get("ready").equals(old.get("ready")) ? old.get("since") : null;
        next.put("since", since == null ? now.truncatedTo(ChronoUnit.SECONDS).toString() : since);
        return Optional.of(JsonText.object(next));
    }

    private static Map<String, String> parse(String annotation) {
        Map<String, String> members = new HashMap<>();
        try {
            if (GoJson.parse(annotation) instanceof GoJson.Members object) {
                for (GoJson.Member member : object.list()) {
                    if (member.value() instanceof String text) {
                        members.put(member.name(), text);
                    }
                }
            }
        } catch (GoJsonException e) {
            return Map.of();
        }
        return members;
    }
}
