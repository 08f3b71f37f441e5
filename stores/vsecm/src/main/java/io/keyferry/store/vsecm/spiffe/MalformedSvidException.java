package io.keyferry.store.vsecm.spiffe;

/** What should be an X.509-SVID is none; the message says which rule it breaks. */
final class MalformedSvidException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedSvidException(String problem) {
        super(problem, null, false, false);
    }
}
