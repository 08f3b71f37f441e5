package io.keyferry.engine.store;

import java.util.ArrayList;
import java.util.List;

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

    /** How the read plane learns of changes of what this store holds. */
    default Following following(Access access, Reference reference) {
        return new Following.Polled();
    }

    /** The name that stands for all names of the same thing, as far as the store knows by now. */
    default Reference canonical(Access access, Reference reference) {
        return reference;
    }

    /** How several secrets are asked for in one call. */
    default Batching batching() {
        return Batching.NONE;
    }

    /**
     * Asks for one reference.
     *
     * @throws StoreException if there is no answer; a name that does not exist is an answer
     * @throws InterruptedException if the operator is stopping
     */
    Reading read(Access access, Reference reference) throws StoreException, InterruptedException;

    /**
     * Asks for several secrets at once: at least two, and no more than {@link #batching} allows.
     *
     * @return what came of each, in the order of {@code references}
     * @throws StoreException if nothing came of any
     * @throws InterruptedException if the operator is stopping
     */
    default List<Attempted> readAll(Access access, List<Reference> references)
            throws StoreException, InterruptedException {
        List<Attempted> results = new ArrayList<>(references.size());
        for (Reference reference : references) {
            try {
                results.add(new Attempted.Answered(read(access, reference)));
            } catch (StoreException e) {
                results.add(new Attempted.Refused(e.failure()));
            }
        }
        return results;
    }
}
