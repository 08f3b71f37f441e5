package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.keyferry.engine.Removal;
import io.keyferry.engine.target.Owner;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A user-facing API. Turns objects into syncs and what came of them into reports; speaks to no store and writes nothing
 * itself.
 *
 * @param <R> the custom resource
 */
public interface Dialect<R extends HasMetadata> {
    /** The dialect's name, as in {@code --dialects}. */
    String name();

    Class<R> resourceType();

    /** The custom resource's plural name. */
    String plural();

    /** The lease that lets only one operator work on this dialect's objects: the original operator's, if it had one. */
    String leaseName();

    /** The source component of events about this dialect's objects: the original operator's. */
    String eventComponent();

    /**
     * What {@code object} asks for.
     *
     * @param gone whether an owner of this kind in the object's namespace no longer exists
     */
    Compiled compile(R object, Predicate<Owner> gone);

    /** Whether {@code after} asks for something else than {@code before} although the generation is the same. */
    boolean isEdited(R before, R after);

    /** What to tell the world of {@code result}. */
    Report report(R object, Result result);

    /** Takes down that a run of {@code object} took so long. */
    void measure(R object, Result result, Duration took);

    /**
     * What goes because {@code object}, which other objects may have taken over from, is gone. Tried once: what must go in
     * any case needs an owner whom the garbage collector sees, or a finalizer.
     */
    default Optional<Removal> goesWith(R object) {
        return Optional.empty();
    }

    /** Drops what is kept about an object that is gone. */
    void forget(String namespace, String name);
}
