package io.keyferry.store.vsecm.spiffe;

/** The Workload API's stream of X.509-SVIDs. */
interface SvidStream extends AutoCloseable {
    /** Begins a stream; never blocks. What comes of it is told to {@code listener} until it is over or cancelled. */
    Running open(Listener listener);

    /** Ends all streams and leaves nothing running. */
    @Override
    void close();

    /** A stream that has begun. */
    interface Running {
        void cancel();
    }

    /** Hears of one stream, one thing at a time. */
    interface Listener {
        void received(X509Context context);

        /** The stream is over; nothing follows. */
        void ended(StreamEnd end);
    }
}
