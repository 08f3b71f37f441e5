package io.keyferry.store.vsecm.spiffe;

import java.time.Duration;

/** Gives the SVID to use for one connection. Safe for use by many threads. */
interface X509Source extends AutoCloseable {
    /** Begins to obtain SVIDs, if it has not yet. */
    void start();

    /**
     * The SVID, valid now; starts obtaining SVIDs if nobody has.
     *
     * @param patience how long to wait for the first one
     * @throws SpiffeException if there is none
     */
    X509Context current(Duration patience) throws SpiffeException, InterruptedException;

    /** Leaves nothing running. */
    @Override
    void close();
}
