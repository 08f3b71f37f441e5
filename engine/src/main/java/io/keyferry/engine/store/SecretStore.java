package io.keyferry.engine.store;

/**
 * One kind of remote system. Implementations are safe for use by many threads, hold whatever sessions they need for
 * each identity, and never answer one identity from what another one read.
 *
 * <p>Calls block, and end: an implementation bounds the time and the size of every request. Retrying, sharing and
 * pacing are the read plane's business; an implementation repeats a request only where its protocol demands it, such
 * as after a session expired.
 */
public interface SecretStore {
    /** The {@link StoreAddress#kind} this store answers for. */
    String kind();

    /**
     * Whether the read plane is told of every change of what this store holds. What is announced is not polled.
     *
     * @see io.keyferry.engine.read.ReadPlane#changed
     */
    default boolean announcesChanges() {
        return false;
    }

    /**
     * Asks for one reference.
     *
     * @throws StoreException if there is no answer; a name that does not exist is an answer
     * @throws InterruptedException if the operator is stopping
     */
    Reading read(Access access, Reference reference) throws StoreException, InterruptedException;
}
