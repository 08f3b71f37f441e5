package io.keyferry.engine.target;

/** A place that can be made not to exist. */
public interface RemovableTarget extends Target {
    /**
     * Removes what is there.
     *
     * @param change a {@link Change#removal}
     * @throws LockLostException if the place no longer is as {@code change} observed it
     * @throws TargetException if the place refuses or cannot be reached
     */
    void remove(Change change) throws TargetException, LockLostException, InterruptedException;
}
