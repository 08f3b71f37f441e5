package io.keyferry.store.vsecm.spiffe;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes an {@link X509Context} of certificates and a key, and checks that they fit together. */
final class SvidReader {
    private static final byte[] PROBE = {1, 2, 3};

    private SvidReader() {}

    /**
     * Puts the parts together.
     *
     * @param bundle the authorities of the SVID's own trust domain
     * @param federated those of others, by the name or ID of the trust domain
     */
    static X509Context read(
            List<X509Certificate> chain,
            byte[] pkcs8,
            List<X509Certificate> bundle,
            Map<String, List<X509Certificate>> federated)
            throws MalformedSvidException {
        if (chain.isEmpty()) {
            throw new MalformedSvidException("there is no certificate");
        }
        if (bundle.isEmpty()) {
            throw new MalformedSvidException("the trust bundle is empty");
        }
        SpiffeId id = LeafRules.id(chain.getFirst(), LeafRules.CLIENT);
        PrivateKey key = key(chain.getFirst().getPublicKey(), pkcs8);
        Map<String, List<X509Certificate>> bundles = new HashMap<>();
        for (Map.Entry<String, List<X509Certificate>> each : federated.entrySet()) {
            bundles.put(trustDomain(each.getKey()), each.getValue());
        }
        bundles.put(id.trustDomain(), bundle);
        return new X509Context(id, chain, key, bundles);
    }

    /** The certificates in DER, one after the other, or in PEM. */
    static List<X509Certificate> certificates(byte[] encoded) throws MalformedSvidException {
        if (encoded.length == 0) {
            return List.of();
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(encoded))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new MalformedSvidException("a certificate is malformed");
        }
    }

    private static String trustDomain(String name) throws MalformedSvidException {
        try {
            return name.startsWith("spiffe://")
                    ? SpiffeId.parse(name).trustDomain()
                    : new SpiffeId(name, "").trustDomain();
        } catch (IllegalArgumentException e) {
            throw new MalformedSvidException(String.valueOf(e.getMessage()));
        }
    }

    private static PrivateKey key(PublicKey publicKey, byte[] pkcs8) throws MalformedSvidException {
        String algorithm = publicKey.getAlgorithm();
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            String scheme = switch (algorithm) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> algorithm;
            };
            Signature signing = Signature.getInstance(scheme);
            signing.initSign(key);
            signing.update(PROBE);
            Signature checking = Signature.getInstance(scheme);
            checking.initVerify(publicKey);
            checking.update(PROBE);
            if (checking.verify(signing.sign())) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new MalformedSvidException("the private key is malformed or does not belong to the certificate");
        }
        throw new MalformedSvidException("the private key does not belong to the certificate");
    }
}
