package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.Outcome;
import io.keyferry.kubernetes.secret.NotePrefixes;
import java.util.Set;

/**
 * A user-facing API of annotations. Turns objects into errands and what came of them into reports; speaks to no store and
 * writes nothing itself.
 */
public interface AnnotatedDialect {
    /** The dialect's name, as in {@code --dialects}. */
    String name();

    /** The lease that lets only one operator work on this dialect's objects: the original operator's. */
    String leaseName();

    /** The source component of events about this dialect's objects. */
    String eventComponent();

    /** The kinds of objects that may carry the annotations. */
    Set<SubjectKind> kinds();

    /** What the names of its annotations and finalizers begin with. */
    NotePrefixes prefixes();

    /** Whether an object asks for anything, or still bears traces of having asked. */
    boolean concerns(Subject subject);

    /** What {@code subject} asks for. */
    Errand compile(Subject subject);

    /** Whether a sync that came out so leaves nothing to do, so that what it replaces may go. */
    boolean isDone(Outcome outcome);

    /** What to make of {@code results}. */
    Conclusion conclude(Subject subject, Errand errand, Results results);

    /** Drops what is kept about an object that is gone. */
    void forget(SubjectRef subject);
}
