package io.keyferry.testkit.vsecm;

import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * An X.509-SVID as an agent hands it out.
 *
 * @param id the SPIFFE ID that the agent says it is for
 * @param chain leaf first
 * @param authority the bundle of its trust domain
 */
public record TestSvid(String id, List<X509Certificate> chain, PrivateKey key, X509Certificate authority) {
    public TestSvid {
        chain = List.copyOf(chain);
    }

    /** The serial number of the leaf, hexadecimal. */
    public String serial() {
        return chain.getFirst().getSerialNumber().toString(16);
    }

    /** The same SVID with another authority for its bundle. */
    public TestSvid trusting(X509Certificate other) {
        return new TestSvid(id, chain, key, other);
    }

    public String chainPem() {
        StringBuilder pem = new StringBuilder();
        chain.forEach(certificate -> pem.append(pem("CERTIFICATE", der(certificate))));
        return pem.toString();
    }

    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    public String bundlePem() {
        return pem("CERTIFICATE", der(authority));
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
    }

    @Override
    public String toString() {
        return "TestSvid(%s, serial %s)".formatted(id, serial());
    }
}
