package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.content.Problem;
import io.keyferry.kubernetes.annotated.SecretUse;
import io.keyferry.kubernetes.annotated.SecretUse.Where;
import io.keyferry.kubernetes.annotated.Subject;
import io.keyferry.kubernetes.annotated.SubjectKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an object's annotations ask for. */
sealed interface Request {
    /** Nothing, or nothing any more. */
    record None() implements Request {}

    /** Something that makes no sense. */
    record Senseless(Problem problem, Optional<String> effective) implements Request {}

    /** Some keys under one path. */
    record Selected(String path, List<Selection> selections) implements Request {}

    /** The Secret that is annotated, as a whole. */
    record Itself(String path) implements Request {}

    /**
     * Each Secret that the object's pods name, as a whole, at a path of its own.
     *
     * @param secrets whether each is optional, by name
     */
    record Discovered(String path, Map<String, Boolean> secrets) implements Request {}

    /** Reads the annotations of an object. */
    static Request of(Subject subject, VaultSyncSettings settings) {
        String path = subject.annotation(Notes.PATH);
        if (path.isEmpty()) {
            return new None();
        }
        String effective = settings.effective(path);
        Optional<String> objection = settings.policy().objection(subject.ref().namespace(), path, effective);
        if (objection.isPresent()) {
            return new Senseless(
                    Reason.PATH_FORBIDDEN.problem(
                            "%s: path \"%s\" is not written: %s".formatted(Notes.PATH, path, objection.get())),
                    Optional.empty());
        }
        boolean isSecret = subject.ref().kind() == SubjectKind.SECRET;
        String secrets = subject.annotation(Notes.SECRETS);
        if (secrets.isEmpty()) {
            return isSecret ? new Itself(effective) : new Discovered(effective, discovered(subject));
        }
        try {
            return new Selected(effective, Selections.parse(secrets));
        } catch (GoJsonException e) {
            return new Senseless(
                    Reason.ANNOTATION_INVALID.problem("failed to parse secrets annotation: " + e.text()),
                    Optional.of(effective));
        }
    }

    private static Map<String, Boolean> discovered(Subject subject) {
        Set<Where> where = EnumSet.of(Where.ENVIRONMENT, Where.VOLUME);
        List<String> more = new ArrayList<>(
                List.of(subject.annotation(Notes.DISCOVER).replace(" ", "").split(",", -1)));
        if (more.contains("projected")) {
            where.add(Where.PROJECTED);
        }
        if (more.contains("imagePullSecrets")) {
            where.add(Where.IMAGE_PULL);
        }
        Map<String, Boolean> secrets = new LinkedHashMap<>();
        for (SecretUse use : subject.uses()) {
            if (where.contains(use.where())) {
                secrets.merge(use.secret(), use.optional(), Boolean::logicalAnd);
            }
        }
        return secrets;
    }
}
