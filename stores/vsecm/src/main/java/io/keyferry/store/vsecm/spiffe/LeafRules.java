package io.keyferry.store.vsecm.spiffe;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** What the X509-SVID standard asks of a leaf certificate, whoever shows it. */
final class LeafRules {
    static final String SERVER = "1.3.6.1.5.5.7.3.1";
    static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final int URI = 6;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

    private LeafRules() {}

    /**
     * The ID that a leaf certificate is for.
     *
     * @param purpose the extended key usage that it must allow if it names any
     */
    static SpiffeId id(X509Certificate leaf, String purpose) throws MalformedSvidException {
        if (leaf.getBasicConstraints() >= 0) {
            throw new MalformedSvidException("the leaf certificate is an authority's");
        }
        boolean[] usage = leaf.getKeyUsage();
        if (usage == null || !usage[DIGITAL_SIGNATURE] || usage[KEY_CERT_SIGN] || usage[CRL_SIGN]) {
            throw new MalformedSvidException("the leaf certificate's key usage is not that of an X.509-SVID");
        }
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            if (purposes != null && !purposes.contains(purpose)) {
                throw new MalformedSvidException("the leaf certificate is not meant for this side of TLS");
            }
            return leafId(leaf.getSubjectAlternativeNames());
        } catch (CertificateParsingException e) {
            throw new MalformedSvidException("the leaf certificate is malformed");
        }
    }

    private static SpiffeId leafId(Collection<List<?>> names) throws MalformedSvidException {
        List<String> uris = names == null
                ? List.of()
                : names.stream()
                        .filter(name -> name.get(0).equals(URI))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
        if (uris.size() != 1) {
            throw new MalformedSvidException("the leaf certificate has " + uris.size() + " URIs instead of one");
        }
        try {
            SpiffeId id = SpiffeId.parse(uris.getFirst());
            if (id.isTrustDomain()) {
                throw new MalformedSvidException("the leaf certificate is for a trust domain, not for a workload");
            }
            return id;
        } catch (IllegalArgumentException e) {
            throw new MalformedSvidException(String.valueOf(e.getMessage()));
        }
    }
}
