package io.keyferry.store.vsecm.spiffe;

/** A request had no answer. The message is for the user; it holds no bytes of keys, requests or answers. */
public final class SpiffeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Fault {
        /** This process has no SVID that is valid now. */
        IDENTITY_UNAVAILABLE,
        /** The server ended the handshake with an alert. */
        IDENTITY_REJECTED,
        /** The server did not prove to be the one that is meant; nothing was sent to it. */
        PEER_UNTRUSTED,
        /** Not reached, broken off, or not in time. */
        UNREACHABLE,
        /** An answer that is not HTTP, or larger than allowed. */
        MALFORMED
    }

    private final Fault fault;

    SpiffeException(Fault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
