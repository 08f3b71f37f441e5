package io.keyferry.store.vsecm.spiffe;

/**
 * Why a stream of SVIDs is over.
 *
 * @param words for the user
 */
record StreamEnd(Kind kind, String words) {
    enum Kind {
        /** The agent ended it as if all was said. */
        COMPLETED,
        /** The agent has no identity for this process, or took it back. */
        DENIED,
        /** The agent was not reached, broke off, or sent what is no SVID. */
        FAILED
    }
}
