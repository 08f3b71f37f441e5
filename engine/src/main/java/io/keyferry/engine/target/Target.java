package io.keyferry.engine.target;

import io.keyferry.engine.content.SecretContent;
import java.util.Optional;

/**
 * One place that content goes to. A target object stands for one place as one owner wants it; calls for one place never
 * overlap, but for looking at it.
 */
public interface Target {
    /** Who the place is to belong to; empty if places of this kind have no owner. */
    Optional<Owner> owner();

    /** What becomes of entries that the content does not name. */
    DataPolicy dataPolicy();

    /** What of {@code content} a place like this can hold at all, as far as is known when it has been observed. */
    default SecretContent holdable(SecretContent content) {
        return content;
    }

    /**
     * What the place holds, as cheaply as it can be told; may lag behind, in which case {@link #apply} loses its lock.
     *
     * @throws TargetException if it cannot be told
     */
    Observed observe() throws TargetException, InterruptedException;

    /** What the place holds right now, asked of the place itself. */
    Observed observeFresh() throws TargetException, InterruptedException;

    /**
     * Makes the change, all or nothing.
     *
     * @throws LockLostException if the place no longer is as {@code change} observed it
     * @throws TargetException if the place refuses or cannot be reached
     */
    void apply(Change change) throws TargetException, LockLostException, InterruptedException;
}
