package io.keyferry.store.vsecm.spiffe;

import java.security.cert.CertificateException;

/** A server is not the one that is meant, or does not prove to be. */
final class PeerUntrustedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    PeerUntrustedException(String message) {
        super(message);
    }
}
