package io.keyferry.testkit.vsecm;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A certificate authority on P-256 that issues X.509-SVIDs, each with a serial number of its own. */
public final class TestAuthority {
    private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final byte[] DIGITAL_SIGNATURE = Der.bits(7, new byte[] {(byte) 0x80});
    private static final byte[] KEY_CERT_SIGN = Der.bits(2, new byte[] {0x04});
    private static final AtomicLong SERIALS = new AtomicLong(0x1000);

    private final String name;
    private final KeyPair keys = keys();
    private final X509Certificate certificate;

    /** @param name of the authority, which is no secret and no address */
    public TestAuthority(String name) {
        this.name = name;
        Instant now = Instant.now();
        // Serial tests move their clocks by months.
        certificate = certificate(
                name,
                keys,
                now.minus(Duration.ofDays(3650)),
                now.plus(Duration.ofDays(36_500)),
                extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.yes())),
                extension(KEY_USAGE, true, KEY_CERT_SIGN));
    }

    /** What trusts this authority trusts. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** An SVID that is valid from a minute ago for an hour. */
    public TestSvid issue(String id) {
        Instant now = Instant.now();
        return issue(id, now.minusSeconds(60), now.plusSeconds(3600));
    }

    public TestSvid issue(String id, Instant from, Instant until) {
        return issue(id, from, until, List.of(id));
    }

    /** An SVID whose certificate has the given URIs, as many as there are. */
    public TestSvid issue(String id, Instant from, Instant until, List<String> uris) {
        KeyPair own = keys();
        byte[] names = Der.join(uris.stream().map(uri -> Der.taggedText(6, uri)).toArray(byte[][]::new));
        X509Certificate leaf = certificate(
                "workload",
                own,
                from,
                until,
                extension(BASIC_CONSTRAINTS, true, Der.sequence()),
                extension(KEY_USAGE, true, DIGITAL_SIGNATURE),
                extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(SERVER), Der.oid(CLIENT))),
                extension(ALTERNATIVE_NAMES, true, Der.sequence(names)));
        return new TestSvid(id, List.of(leaf), own.getPrivate(), certificate);
    }

    private X509Certificate certificate(String subject, KeyPair of, Instant from, Instant until, byte[]... extensions) {
        byte[] algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
        byte[] body = Der.sequence(
                Der.tagged(0, Der.integer(BigInteger.TWO)),
                Der.integer(BigInteger.valueOf(SERIALS.incrementAndGet())),
                algorithm,
                distinguished(name),
                Der.sequence(Der.time(from), Der.time(until)),
                distinguished(subject),
                of.getPublic().getEncoded(),
                Der.tagged(3, Der.sequence(extensions)));
        byte[] signed = Der.sequence(body, algorithm, Der.bits(0, sign(keys.getPrivate(), body)));
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] distinguished(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.text(commonName))));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    private static byte[] sign(PrivateKey key, byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(body);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
