package io.keyferry.pem;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the blocks of a PEM text (RFC 7468). */
public final class Pem {
    private Pem() {}

    /**
     * The content of all blocks with a label, in DER.
     *
     * @throws IllegalArgumentException if one is not base64
     */
    public static List<byte[]> blocks(String pem, String label) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----")
                .matcher(pem);
        while (block.find()) {
            blocks.add(Base64.getMimeDecoder().decode(block.group(1)));
        }
        return blocks;
    }

    /**
     * The certificates in a text, in their order.
     *
     * @throws GeneralSecurityException if there is none, or one is malformed
     */
    public static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (byte[] der : blocks(pem, "CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (IllegalArgumentException e) {
            throw new CertificateException("a certificate is malformed", e);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no PEM certificate in it");
        }
        return certificates;
    }

    /** One block with a label. */
    public static String block(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
    }
}
